import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parsePack } from '../../../../images/driver-packs/parse-pack.ts'
import { parseManifest } from '../../../../images/software/parse-manifest.ts'
import { importShare, type MdtImport } from '../../../../tasksequences/mdt/import-share.ts'
import { outcomeSentence } from '../../../../tasksequences/mdt/report.ts'
import { parseSequence } from '../../../../tasksequences/parse/parse-sequence.ts'
import { group, installing, listed, sequence, shareOf, step, variable, windows11, wmi } from './built-share.ts'

type Files = Parameters<typeof shareOf>[0]

async function imported(files: Files): Promise<MdtImport> {
  const made = await importShare(shareOf(files), 'en')
  if (made === null) throw new Error('nothing of MDT’s')
  return made
}

function lineOf({ report }: MdtImport, name: string) {
  const found = report.filter(({ item }) => item.name === name || item.key === name)
  expect(found).toHaveLength(1)
  return found[0]?.outcome
}

function stepsOf(made: MdtImport, id = 'ts1') {
  const yaml = made.sequences.find((one) => one.id === id)?.yaml ?? ''
  const parsed = parseSequence(yaml)
  expect(parsed).toMatchObject({ ok: true })
  return parsed.ok ? parsed.sequence.steps : []
}

/** A share with one sequence of these steps in Windows. */
function share(inWindows: string, more: Files = {}): Files {
  return {
    'Control/TaskSequences.xml': listed('TS1'),
    'Control/OperatingSystems.xml': windows11,
    'Control/TS1/ts.xml': sequence(installing('', inWindows)),
    ...more,
  }
}

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

describe('applications', () => {
  const application = (guid: string, name: string, fields: string) =>
    `<application guid="{${guid}}" enable="True"><Name>${name}</Name>${fields}</application>`
  const commandLine = (text: string, folder: string) =>
    `<CommandLine>${text}</CommandLine><WorkingDirectory>.\\Applications\\${folder}</WorkingDirectory>`
  const list = (...items: string[]) => `<applications>${items.join('')}</applications>`
  const install = (guid: string, name = 'Install') =>
    step(name, 'cscript.exe "%SCRIPTROOT%\\ZTIApplications.wsf"', {
      type: 'BDD_InstallApplication',
      variables: { ApplicationGUID: `{${guid}}`, ApplicationSuccessCodes: '0 3010 1707' },
    })

  test('are manifests, with what they need, their codes and how MDT saw that they are there', async () => {
    const made = await imported(
      share(install('B'), {
        'Control/Applications.xml': list(
          application('A', 'Runtime', commandLine('msiexec /i runtime.msi /qn ALLUSERS=1', 'RT')),
          application(
            'B',
            'Tool 2',
            `${commandLine('setup.exe /S', 'Tool')}<Dependency>{a}</Dependency><UninstallKey>Tool</UninstallKey><Reboot>True</Reboot>`,
          ),
        ),
        'Applications/RT/runtime.msi': '',
        'Applications/Tool/setup.exe': '',
      }),
    )
    const tool = parseManifest(made.packages.find(({ id }) => id === 'tool-2')?.manifestYaml ?? '')
    expect(tool).toMatchObject({
      value: {
        installer: { kind: 'exe', file: 'setup.exe', arguments: ['/S'] },
        success: [0, 1707],
        needs: ['runtime'],
        detect: {
          registry: { keys: [expect.stringMatching(/Uninstall\\Tool$/), expect.stringMatching(/WOW6432Node/)] },
        },
      },
    })
    expect(made.packages[0]?.manifest.installer).toEqual({
      kind: 'msi',
      file: 'runtime.msi',
      arguments: ['ALLUSERS=1'],
    })
    expect(
      stepsOf(made)
        .map(({ type }) => type)
        .slice(-3),
    ).toEqual(['install-software', 'restart', 'seal'])
    expect(lineOf(made, 'Tool 2')).toMatchObject({ verdict: 'taken' })
    expect(lineOf(made, 'Runtime')).toMatchObject({
      verdict: 'look',
      because: [{ code: 'MDT_APPLICATION_NO_DETECTION' }],
    })
  })

  test('a bundle opens into what it depends on, and a circle ends', async () => {
    const made = await imported(
      share(install('BUNDLE'), {
        'Control/Applications.xml': list(
          application('BUNDLE', 'All', '<Dependency>{A}</Dependency><Dependency>{B}</Dependency>'),
          application('A', 'One', `${commandLine('one.exe /S', '1')}<Dependency>{B}</Dependency>`),
          application('B', 'Two', `${commandLine('two.exe /S', '2')}<Dependency>{A}</Dependency>`),
        ),
      }),
    )
    expect(stepsOf(made).find(({ type }) => type === 'install-software')?.input).toEqual({ packages: ['one', 'two'] })
    expect(made.packages.map(({ manifest }) => manifest.needs)).toEqual([['two'], undefined])
    expect(lineOf(made, 'Two')?.because.map(({ code }) => code)).toContain('MDT_APPLICATION_NEEDS_CIRCLE')
  })

  test.each([
    ['msiexec /x {GUID} /qn', 'MDT_APPLICATION_PATCH'],
    ['msiexec /update "\\\\s\\x.msp" /q', 'MDT_APPLICATION_PATCH'],
    ['wusa.exe Windows6.1-KB2819745-x64.msu /quiet', 'MDT_APPLICATION_UPDATE'],
    ['cscript.exe Install.wsf', 'MDT_APPLICATION_SCRIPT'],
    ['install.bat', 'MDT_APPLICATION_SCRIPT'],
    ['%DeployRoot%\\Tools\\LGPO.exe /q /t x.gpo', 'MDT_APPLICATION_SCRIPT'],
    ['', 'MDT_APPLICATION_NO_COMMAND'],
  ])('%s is no package, and that is said', async (command, code) => {
    const made = await imported(
      share('', { 'Control/Applications.xml': list(application('A', 'App', commandLine(command, 'X'))) }),
    )
    expect(made.packages).toEqual([])
    expect(lineOf(made, 'App')).toMatchObject({
      verdict: 'left',
      because: expect.arrayContaining([expect.objectContaining({ code })]),
    })
  })

  test('the rules name for every machine are installed where MDT would ask', async () => {
    const made = await imported(
      share(
        step('Install Applications', 'cscript.exe "%SCRIPTROOT%\\ZTIApplications.wsf"', {
          type: 'BDD_InstallApplication',
        }),
        {
          'Control/Applications.xml': list(application('A', 'One', commandLine('one.exe /S', '1'))),
          'Control/CustomSettings.ini': '[Settings]\nPriority=Default\n[Default]\nMandatoryApplications001={A}\n',
        },
      ),
    )
    expect(stepsOf(made).find(({ type }) => type === 'install-software')?.input).toEqual({ package: 'one' })
  })
})

describe('drivers', () => {
  const driver = (guid: string, platform = 'x64') =>
    `<driver guid="{${guid}}" enable="True"><Name>${guid}</Name><Source>.\\Out-of-box Drivers\\NET\\${guid}\\x.inf</Source><Platform>${platform}</Platform></driver>`
  const files = {
    'Control/Drivers.xml': `<drivers>${driver('A')}${driver('B')}${driver('C', 'x86')}${driver('D')}${driver('E')}</drivers>`,
    'Control/DriverGroups.xml':
      '<groups><group guid="{0}" enable="True"><Name>default</Name></group>' +
      '<group guid="{1}" enable="True"><Name>Windows 11\\Dell Inc.\\Latitude 5440</Name><Member>{a}</Member><Member>{b}</Member><Member>{c}</Member></group>' +
      '<group guid="{2}" enable="True"><Name>WinPE x64</Name><Member>{d}</Member></group></groups>',
    'Out-of-box Drivers/NET/A/x.inf': '',
  }

  test('are packs by folder, with the model the folder is named by', async () => {
    const made = await imported(share('', files))
    expect(made.packs.map(({ name, models, folders }) => ({ name, models, folders }))).toEqual([
      {
        name: 'Windows 11 - Dell Inc. - Latitude 5440',
        models: [{ manufacturer: 'Dell Inc.', product: 'Latitude 5440' }],
        folders: ['Out-of-box Drivers/NET/A', 'Out-of-box Drivers/NET/B'],
      },
      { name: 'MDT', models: [], folders: ['Out-of-box Drivers/NET/E'] },
    ])
    expect(parsePack(made.packs[0]?.packYaml ?? '')).toMatchObject({
      value: { models: [{ product: 'Latitude 5440' }] },
    })
    expect([lineOf(made, 'A'), lineOf(made, 'B')]).toMatchObject([
      { verdict: 'taken' },
      { verdict: 'look', because: [{ code: 'MDT_PAYLOAD_MISSING' }] },
    ])
    expect([lineOf(made, 'C'), lineOf(made, 'D')]).toMatchObject([
      { because: [{ code: 'MDT_32_BIT' }] },
      { because: [{ code: 'MDT_DRIVER_WINPE' }] },
    ])
  })
})

describe('rules', () => {
  const rules = async (ini: string) => (await imported(share('', { 'Control/CustomSettings.ini': ini }))).rules

  test('for machines by serial number, MAC address, router and model; each with what is for every machine', async () => {
    const found = await rules(
      [
        '[Settings]\nPriority=MACAddress, DefaultGateway, SerialNumber, Default\nProperties=Site',
        '[00:15:5D:01:02:03]\nOSDComputerName=BENCH-1',
        '[DefaultGateway]\n10.0.0.1=Paris\n10.0.1.1=Lyon',
        '[Paris]\nSite=P\nTaskSequenceID=TS1\n[Lyon]\nSite=L',
        '[PF3ABC12]\nOSDComputerName=LT-%SerialNumber%',
        '[Default]\nUserLocale=fr-FR\nSite=X',
      ].join('\n'),
    )
    expect(found.map(({ tests, chooses }) => [tests, chooses.sequence, chooses.variables])).toEqual([
      [[{ by: 'mac', mac: '00:15:5d:01:02:03' }], null, { computerName: 'BENCH-1', locale: 'fr-FR', Site: 'X' }],
      [[{ by: 'gateway', gateway: '10.0.0.1' }], 'ts1', { Site: 'P', locale: 'fr-FR' }],
      [[{ by: 'gateway', gateway: '10.0.1.1' }], null, { Site: 'L', locale: 'fr-FR' }],
      [[{ by: 'serial', serial: 'PF3ABC12' }], null, { computerName: 'LT-{serial}', locale: 'fr-FR', Site: 'X' }],
    ])
  })

  test('by subsections that are named by make and model', async () => {
    const found = await rules(
      '[Settings]\nPriority=ByModel,Default\n[ByModel]\nSubsection=%Make%-%Model%\n[HP-Z2]\nTaskSequenceID=TS1\n[Default]\nOSInstall=Y',
    )
    expect(found).toMatchObject([
      {
        tests: [
          { by: 'manufacturer', manufacturer: 'HP' },
          { by: 'model', product: 'Z2' },
        ],
        chooses: { sequence: 'ts1' },
      },
    ])
  })

  test.each([
    [
      '[Settings]\nPriority=Db\n[Db]\nSQLServer=s\nDatabase=MDT\nTable=Computers\nParameters=UUID',
      '[Db]',
      'MDT_RULE_DATABASE',
    ],
    [
      '[Settings]\nPriority=Web\n[Web]\nWebService=http://s\nOSDComputerName=string',
      '[Web] OSDComputerName',
      'MDT_RULE_WEB_SERVICE',
    ],
    [
      '[Settings]\nPriority=Init\n[Init]\nUserExit=x.vbs\nOSDComputerName=#Name()#',
      '[Init] UserExit',
      'MDT_RULE_USER_EXIT',
    ],
    [
      '[Settings]\nPriority=Init\n[Init]\nUserExit=x.vbs\nOSDComputerName=#Name()#',
      '[Init] OSDComputerName',
      'MDT_RULE_COMPUTED',
    ],
    ['[Settings]\nPriority=Default\n[Default]\n[Lost]\nOSDComputerName=X', '[Lost]', 'MDT_RULE_UNREACHED'],
    [
      '[Settings]\nPriority=Default\n[Default]\nOSDComputerName=X\nOSDComputerName=Y',
      'setting:Control/CustomSettings.ini:5',
      'MDT_RULE_TWICE',
    ],
    [
      '[Settings]\nPriority=A,B\n[A]\nUserLocale=fr-FR\n[B]\nUserLocale=de-DE',
      '[B] UserLocale',
      'MDT_SETTING_OVERRIDDEN',
    ],
  ])('%j: %s is %s', async (ini, name, code) => {
    const made = await imported(share('', { 'Control/CustomSettings.ini': ini }))
    expect(lineOf(made, name)?.because.map((one) => one.code)).toContain(code)
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

/** Any tree of groups and steps, with how many nodes it has. */
const node = fc.letrec<{ node: { xml: string; count: number } }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc
      .record({
        name: fc.string({ unit: fc.constantFrom('a', '"', '<', '$', '{', 'é', ' ', "'", ':', '#') }),
        action: fc.oneof(
          fc
            .constantFrom(
              'ZTIWindowsUpdate',
              'ZTIDrivers',
              'ZTIValidate',
              'LTISuspend',
              'ZTIUnheardOf',
              'ZTIBde',
              'LTIApply',
            )
            .map((name) => `cscript.exe "%SCRIPTROOT%\\${name}.wsf"`),
          fc.string({ unit: fc.constantFrom('a', '"', '%', '$', '{', '}', '\\', ' ', '\n', '&', "'", ':', '#', '- ') }),
        ),
        attributes: fc.constantFrom('', 'disable="true"', 'continueOnError="true"'),
        condition: fc.constantFrom(
          '',
          `<condition>${variable('Make', 'equals', 'HP')}</condition>`,
          `<condition>${variable('A b', 'like', '*x*')}</condition>`,
        ),
        type: fc.constantFrom(
          '',
          'SMS_TaskSequence_RunCommandLineAction',
          'BDD_InstallRoles',
          'SMS_TaskSequence_RebootAction',
          'SMS_TaskSequence_SetVariableAction',
          'Unheard_Of',
        ),
      })
      .map(({ name, action, ...more }) => ({
        xml: step(name, action, {
          ...more,
          variables: { VariableName: name, VariableValue: action, OSFeatures: 'NetFx3' },
        }),
        count: 1,
      })),
    fc
      .record({ children: fc.array(tie('node'), { maxLength: 4 }), attributes: fc.constantFrom('', 'disable="true"') })
      .map(({ children, attributes }) => ({
        xml: group('Group', children.map(({ xml }) => xml).join(''), { attributes }),
        count: 1 + children.reduce((sum, { count }) => sum + count, 0),
      })),
  ),
})).node

describe('whatever the share', () => {
  test('every group and step has one line, what is written can be read, and twice gives the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(node, { maxLength: 5 }), fc.boolean(), async (nodes, isInstalling) => {
        const inner = nodes.map(({ xml }) => xml).join('')
        const files = { ...share(''), 'Control/TS1/ts.xml': sequence(isInstalling ? installing('', inner) : inner) }
        const made = await imported(files)
        const count =
          nodes.reduce((sum, one) => sum + one.count, 0) +
          (isInstalling ? installing().split(/<(?:step|group) /).length - 1 : 0)
        expect(made.report.filter(({ item }) => item.kind === 'step' || item.kind === 'group')).toHaveLength(count)
        expect(new Set(made.report.map(({ item }) => item.key)).size).toBe(made.report.length)
        const yaml = made.sequences[0]?.yaml ?? null
        if (yaml !== null) expect(parseSequence(yaml)).toMatchObject({ ok: true })
        expect(await imported(files)).toEqual(made)
      }),
      { numRuns: 200 },
    )
  })

  test('every section and setting of the rules has one line', async () => {
    const name = fc.constantFrom(
      'Settings',
      'Default',
      'DefaultGateway',
      'HP',
      'PF3ABC12',
      '00:11:22:33:44:55',
      '10.0.0.1',
      'A b',
    )
    const key = fc.constantFrom(
      'Priority',
      'Properties',
      'Subsection',
      'OSDComputerName',
      'UserLocale',
      'Site',
      'TaskSequenceID',
      'AdminPassword',
      'UserExit',
      '10.0.0.1',
    )
    const value = fc.constantFrom(
      'Default',
      'MACAddress,Model,Default',
      'DefaultGateway,SerialNumber,Default',
      'Site',
      '%Model%',
      '%Make%-%Model%',
      'TS1',
      '#X#',
      '',
      'A b',
      '${secret.x}',
    )
    const section = fc.record({ name, entries: fc.array(fc.tuple(key, value), { maxLength: 5 }) })
    await fc.assert(
      fc.asyncProperty(fc.array(section, { maxLength: 8 }), async (sections) => {
        const ini = sections
          .map((one) => [`[${one.name}]`, ...one.entries.map((entry) => entry.join('='))].join('\n'))
          .join('\n')
        const made = await imported(share('', { 'Control/CustomSettings.ini': ini }))
        const lines = made.report.filter(({ item }) => item.kind === 'rule' || item.kind === 'setting')
        expect(lines).toHaveLength(sections.reduce((sum, { entries }) => sum + 1 + entries.length, 0))
        expect(stepsOf(made).length).toBeGreaterThan(0)
        for (const { outcome } of lines)
          expect(outcomeSentence(outcome).fr).not.toMatch(/undefined|…|[^\u202f][:;?!»]( |$)/)
      }),
    )
  })
})
