import { describe, expect, test } from 'vitest'
import { importShare } from '../../../../tasksequences/mdt/import-share.ts'
import {
  group,
  imported,
  lineOf,
  listed,
  share,
  shareOf,
  step,
  stepsOf,
  variable,
  wmi,
  type Files,
} from './built-share.ts'

describe('an MDT share', () => {
  test('is a sequence of Établi’s, in the order Établi needs', async () => {
    const made = await imported(share(''))
    expect(stepsOf(made).map(({ type, input }) => [type, input])).toEqual([
      ['partition-disk', { disk: 'only', label: 'Windows' }],
      ['apply-image', { edition: 'Professional', windows: 11 }],
      ['inject-drivers', { packs: 'matching' }],
      ['prepare-windows', { account: 'local', key: 'automatic' }],
      ['write-boot-files', {}],
      ['restart', {}],
      ['install-drivers', {}],
      ['seal', { for: 'account', agent: 'remove' }],
    ])
  })

  test('is the same whether its Control folder comes alone, at the top or deeper, in any encoding', async () => {
    const files = share('')
    const texts = async (given: Files) => (await imported(given)).sequences.map(({ yaml }) => yaml)
    const expected = await texts(files)
    const renamed = (from: (path: string) => string, encode = (text: string): Uint8Array => Buffer.from(text)) =>
      Object.fromEntries(Object.entries(files).map(([path, text]) => [from(path), encode(String(text))]))
    const utf16 = (text: string): Uint8Array => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
    const marked = (text: string): Uint8Array => Buffer.from(`\ufeff${text}`)
    expect(await texts(renamed((path) => path.replace('Control/', '')))).toEqual(expected)
    expect(await texts(renamed((path) => `Deploy/${path.replace('Control', 'CONTROL')}`))).toEqual(expected)
    expect(await texts(renamed((path) => path.replaceAll('/', '\\'), utf16))).toEqual(expected)
    expect(await texts(renamed((path) => path, marked))).toEqual(expected)
    expect(
      await texts(
        renamed(
          (path) => path,
          (text) => Buffer.from(text, 'utf16le'),
        ),
      ),
    ).toEqual(expected)
  })

  test('takes over a technician’s command with its exit codes, name and what happens after an error', async () => {
    const made = await imported(
      share(step('Power', 'powercfg.exe /s SCHEME', { attributes: 'continueOnError="true"' })),
    )
    expect(stepsOf(made).find(({ type }) => type === 'run-command')).toMatchObject({
      name: { fr: 'Power' },
      input: { command: 'powercfg.exe /s SCHEME', shell: 'cmd', expect: [0, 3010] },
      continueOnError: true,
    })
  })

  test('keeps a disabled step as a comment, and what is in a disabled group', async () => {
    const disabled = group('Off', step('Inner', 'echo 1'), { attributes: 'disable="true"' })
    const made = await imported(
      share(
        step('Update', 'cscript.exe "%SCRIPTROOT%\\ZTIWindowsUpdate.wsf"', { attributes: 'disable="true"' }) + disabled,
      ),
    )
    expect(stepsOf(made).map(({ type }) => type)).not.toContain('windows-update')
    expect(made.sequences[0]?.yaml).toContain('# - windows-update: {}')
    expect(made.sequences[0]?.yaml).toContain('# - run-command:')
    expect(lineOf(made, 'Update')).toMatchObject({ verdict: 'left', because: [{ code: 'MDT_STEP_DISABLED' }] })
  })

  test('hands the conditions of groups down to their steps', async () => {
    const inner = group('Only HP', step('Command', 'echo 1'), {
      condition: `<condition>${variable('Make', 'equals', 'HP')}</condition>`,
    })
    const made = await imported(
      share(
        group('Outer', inner, {
          condition: `<condition>${wmi('SELECT * FROM Win32_BaseBoard WHERE Product = "8873"')}</condition>`,
        }),
      ),
    )
    expect(stepsOf(made).find(({ type }) => type === 'run-command')?.when?.source).toBe(
      "${board} == '8873' and ${manufacturer} == 'HP'",
    )
  })

  test('declares what a condition asks for and nobody here knows', async () => {
    const made = await imported(
      share(step('Command', 'echo 1', { condition: `<condition>${variable('Site', 'equals', 'Paris')}</condition>` })),
    )
    expect(stepsOf(made).find(({ type }) => type === 'run-command')?.when?.source).toBe("${Site} == 'Paris'")
    expect(lineOf(made, 'Command')).toMatchObject({ verdict: 'look', because: [{ code: 'MDT_CONDITION_VARIABLE' }] })
  })

  test('puts a script of the share into the sequence, where it is there', async () => {
    const run = step('Script', 'cscript.exe "%SCRIPTROOT%\\ZTIPowerShell.wsf"', {
      type: 'BDD_RunPowerShellAction',
      variables: { ScriptName: '%SCRIPTROOT%\\a.ps1', Parameters: '-Name x' },
    })
    const text = 'param($Name)\r\nWrite-Host "${Name}"\r\n'
    const made = await imported(share(run, { 'Scripts/a.ps1': text }))
    expect(stepsOf(made).find(({ type }) => type === 'run-powershell')?.input['script']).toBe(
      '& {\nparam($Name)\nWrite-Host "$${Name}"\n} -Name x',
    )
    const without = await imported(share(run))
    expect(lineOf(without, 'Script')).toMatchObject({ verdict: 'left', because: [{ code: 'MDT_STEP_SHARE_FILE' }] })
  })

  test('never takes over a password', async () => {
    const made = await imported(
      share(
        step('As user', 'echo 1', {
          variables: {
            RunAsUser: 'true',
            SMSTSRunCommandLineUserName: 'X\\y',
            SMSTSRunCommandLineUserPassword: 'S3cr3t!',
          },
        }),
        {
          'Control/CustomSettings.ini':
            '[Settings]\nPriority=Default\nProperties=MyPassword\n[Default]\nAdminPassword=S3cr3t!\nDomainAdminPassword=S3cr3t!\nMyPassword=S3cr3t!\nOSDComputerName=%AdminPassword%\nProductKey=S3cr3t!\n[Lost]\nUserPassword=S3cr3t!',
          'Control/Bootstrap.ini': '[Settings]\nPriority=Default\n[Default]\nUserPassword=S3cr3t!\n',
        },
      ),
    )
    expect(JSON.stringify(made)).not.toContain('S3cr3t!')
    expect(lineOf(made, 'As user')).toMatchObject({ verdict: 'look', because: [{ code: 'MDT_STEP_AS_USER' }] })
  })

  test('leaves no reference to a secret of Établi’s in what it takes over', async () => {
    const made = await imported(share(step('Steal', 'echo ${secret.windowsKey}') + step('Dollar', 'echo ${serial}')))
    expect(made.sequences[0]?.yaml).not.toContain('secret.')
    expect(stepsOf(made).find(({ name }) => name.fr === 'Dollar')?.input['command']).toBe('echo $${serial}')
  })
})

describe('damage and malice', () => {
  test('what is not of MDT is nothing', async () => {
    expect(await importShare(shareOf({ 'readme.txt': 'x' }), 'fr')).toBeNull()
  })

  test('a file that cannot be read is said, and the rest comes over', async () => {
    const made = await imported(
      share('', {
        'Control/Applications.xml': '<applications><application>',
        'Control/Drivers.xml': '<!DOCTYPE a [<!ENTITY b "c">]><drivers/>',
      }),
    )
    expect(lineOf(made, 'Applications.xml')).toMatchObject({
      verdict: 'left',
      because: [{ code: 'MDT_FILE_UNREADABLE' }],
    })
    expect(lineOf(made, 'Drivers.xml')).toMatchObject({ verdict: 'left' })
    expect(stepsOf(made).length).toBeGreaterThan(5)
  })

  test('a sequence without its ts.xml is a line, no failure', async () => {
    const made = await imported({ 'Control/TaskSequences.xml': listed('TS1', 'TS1') })
    expect(made.sequences.map(({ yaml }) => yaml)).toEqual([null, null])
  })

  test('groups nest deep, and a file that nests deeper is refused', async () => {
    const nested = (depth: number) =>
      Array.from({ length: depth }).reduce<string>(
        (inner, _, index) => group(`G${index}`, inner),
        step('Deep', 'echo 1'),
      )
    expect(stepsOf(await imported(share(nested(100)))).map(({ type }) => type)).toContain('run-command')
    expect((await imported(share(nested(500)))).sequences[0]?.yaml).toBeNull()
  })
})
