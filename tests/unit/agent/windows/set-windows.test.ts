import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Exec, ExecResult } from '../../../../agent/runtime/exec.ts'
import { describeFailure } from '../../../../agent/protocol/failures/failures.ts'
import { StepError } from '../../../../agent/runtime/step.ts'
import { nameChange, wantedName } from '../../../../agent/windows/settings/computer-name.ts'
import { withDefaultHive } from '../../../../agent/windows/system/default-hive.ts'
import { leftovers } from '../../../../agent/windows/settings/desktop.ts'
import { powerCommands } from '../../../../agent/windows/settings/power.ts'
import { rememberShortcuts } from '../../../../agent/windows/shortcuts/own-shortcuts.ts'
import { setWindows } from '../../../../agent/windows/steps/set-windows.ts'
import { exited, folderDependencies, windowsContext, windowsWork, withScripts } from './programs.ts'
import { recordedScript } from './recordings.ts'

const dependencies = folderDependencies()
const step = setWindows(dependencies)
const names = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\ComputerName'

/** A Windows that does as it is told, but for what `refuses` says; `asked` has every command, one a line. */
function windows(refuses: (line: string) => ExecResult | null = () => null, name = { active: 'OLD', pending: 'OLD' }) {
  const asked: string[] = []
  const other: Exec = (command, args) => {
    const line = [command, ...args].join(' ')
    const read = /^reg.exe query (.+?) \/v ComputerName/.exec(line)?.[1]
    if (read === undefined) asked.push(line)
    const refused = refuses(line)
    if (refused !== null) return Promise.resolve(refused)
    if (read !== undefined) {
      const value = read === `${names}\\ComputerName` ? name.pending : name.active
      return Promise.resolve(exited(0, `\r\nHKEY_LOCAL_MACHINE\r\n    ComputerName    REG_SZ    ${value}\r\n`))
    }
    return Promise.resolve(line.startsWith('reg.exe query') ? exited(1) : exited(0))
  }
  const scripts = withScripts(
    {
      'label-drive': () => recordedScript('label-drive', 'done'),
      'rename-computer': () => {
        name.pending = 'PC-ABC123'
        return recordedScript('rename-computer', 'done')
      },
    },
    other,
  )
  return { asked, ...scripts }
}

function contextOf(input: Record<string, unknown>, exec: Exec, memory: Record<string, unknown> = {}) {
  const work = windowsWork('set-windows', input)
  return windowsContext({ ...work, variables: { serial: 'ABC123' }, step: { ...work.step, memory } }, exec)
}

afterEach(() => void vi.unstubAllEnvs())

describe('the power plan', () => {
  test('of the workshop neither sleeps nor goes dark', () => {
    const needed = powerCommands('workshop').filter((one) => one.needed)
    expect(needed.map(({ args }) => args.join(' '))).toEqual([
      '/setactive 381b4222-f694-41f0-9685-ff5bb260df2e',
      '/change standby-timeout-ac 0',
      '/change standby-timeout-dc 0',
      '/change monitor-timeout-ac 0',
      '/change monitor-timeout-dc 0',
    ])
  })

  test('of Windows is set as Windows has it', () => {
    expect(powerCommands('balanced').map(({ args }) => args.join(' '))).toEqual([
      '/restoredefaultschemes',
      '/setactive 381b4222-f694-41f0-9685-ff5bb260df2e',
    ])
  })

  test('goes without what a machine does not have', async () => {
    const { exec } = windows((line) =>
      line.includes('hibernate-timeout') ? exited(1, '', 'Non pris en charge.') : null,
    )
    expect(await step(contextOf({ power: 'workshop' }, exec))).toEqual({
      result: { settings: [{ setting: 'power', outcome: 'set' }] },
    })
  })
})

test('each setting is made by Windows’ own means and reported', async () => {
  vi.stubEnv('SystemDrive', join(dependencies.folder, 'c'))
  const { exec, asked, calls } = windows()
  const oem = { manufacturer: 'Office Center', supportPhone: '04 50 00 00 00' }
  const input = { hibernate: false, description: 'Poste de l’accueil', driveLabel: 'Windows', oem, tidyExplorer: true }
  expect(await step(contextOf(input, exec))).toEqual({
    result: {
      settings: ['hibernate', 'description', 'driveLabel', 'oem', 'tidyExplorer'].map((setting) => ({
        setting,
        outcome: 'set',
      })),
    },
  })
  expect(asked).toContain('powercfg.exe /hibernate off')
  expect(calls).toEqual([{ name: 'label-drive', input: { label: 'Windows' } }])
  const oemKey = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\OEMInformation'
  expect(asked).toContain(`reg.exe add ${oemKey} /v SupportPhone /t REG_SZ /d 04 50 00 00 00 /f /reg:64`)
  expect(asked.some((line) => line.includes('SupportURL'))).toBe(false)
  const hive = asked.filter((line) => line.includes('HKU\\EtabliDefaultUser'))
  expect(hive.at(1)).toBe(
    `reg.exe load HKU\\EtabliDefaultUser ${join(dependencies.folder, 'c/Users/Default/NTUSER.DAT')}`,
  )
  expect(hive.some((line) => line.includes('Explorer\\Advanced /v HideFileExt /t REG_DWORD /d 0'))).toBe(true)
  expect(hive.at(-1)).toBe('reg.exe unload HKU\\EtabliDefaultUser')
})

test('one that fails stops no other, and all that failed are named in words', async () => {
  const { exec, asked } = windows((line) => {
    if (line.startsWith('powercfg.exe /setactive')) return exited(1, '', 'Le mode de gestion… n’existe pas.')
    return line.includes('srvcomment') ? exited(1, '', 'ERREUR : Accès refusé.') : null
  })
  const input = { power: 'high-performance', description: 'x', hibernate: true, oem: { model: 'NUC' } }
  const error: unknown = await step(contextOf(input, exec)).catch((reason: unknown) => reason)
  if (!(error instanceof StepError)) throw new Error('no StepError')
  expect(error.failure.code).toBe('SETTINGS_FAILED')
  expect(describeFailure(error.failure).message.fr).toContain('alimentation, description du poste')
  expect(error.failure.detail).toContain('n’existe pas')
  expect(asked.some((line) => line.includes('/v Model'))).toBe(true)
})

describe('the hive of new users', () => {
  test('is unloaded also when writing to it breaks off', async () => {
    const { exec, asked } = windows()
    const context = contextOf({}, exec)
    await expect(withDefaultHive(context, () => Promise.reject(new Error('cut')))).rejects.toThrow('cut')
    expect(asked.at(-1)).toBe('reg.exe unload HKU\\EtabliDefaultUser')
  })

  test('is unloaded first when an agent that was killed has left it', async () => {
    const { exec, asked } = windows((line) => (line.startsWith('reg.exe query HKU') ? exited(0, '') : null))
    await withDefaultHive(contextOf({}, exec), () => Promise.resolve([]))
    expect(asked.map((line) => line.split(' ')[1])).toEqual(['query', 'unload', 'load', 'unload'])
  })

  test('is tried again while something holds it, and said when it stays', async () => {
    const { exec, asked } = windows((line) =>
      line.startsWith('reg.exe unload') ? exited(1, '', 'Accès refusé.') : null,
    )
    const context = contextOf({}, exec)
    await withDefaultHive(context, () => Promise.resolve([]), 1)
    expect(asked.filter((line) => line.startsWith('reg.exe unload')).length).toBe(5)
    expect(context.lines.join()).toContain('stays loaded')
  })

  test('that cannot be loaded is a setting that failed', async () => {
    const { exec } = windows((line) =>
      line.startsWith('reg.exe load') ? exited(1, '', 'Le processus ne peut pas…') : null,
    )
    await expect(step(contextOf({ tidyExplorer: true }, exec))).rejects.toMatchObject({
      failure: { code: 'SETTINGS_FAILED', params: { settings: { en: 'file explorer' } } },
    })
  })
})

test('a tidy desktop has our shortcuts and no installer’s, also for users to come', async () => {
  vi.stubEnv('PUBLIC', join(dependencies.folder, 'Public'))
  vi.stubEnv('SystemDrive', join(dependencies.folder, 'c'))
  const common = join(dependencies.folder, 'Public/Desktop')
  const coming = join(dependencies.folder, 'c/Users/Default/Desktop')
  for (const folder of [common, coming]) mkdirSync(folder, { recursive: true })
  const files = [join(common, 'TeamViewer.lnk'), join(common, 'Microsoft Edge.lnk'), join(coming, 'Offre.url')]
  for (const file of [...files, join(common, 'desktop.ini'), join(common, 'Devis.pdf')]) writeFileSync(file, '')
  rememberShortcuts(dependencies, files.slice(0, 1))
  const { exec, asked } = windows()
  await step(contextOf({ tidyDesktop: true }, exec))
  expect(files.map((file) => existsSync(file))).toEqual([true, false, false])
  expect(existsSync(join(common, 'Devis.pdf'))).toBe(true)
  expect(asked).toContain(
    'reg.exe add HKLM\\SOFTWARE\\Policies\\Microsoft\\Dsh /v AllowNewsAndInterests /t REG_DWORD /d 0 /f /reg:64',
  )
})

test('a shortcut is ours whatever the case of its path', () => {
  expect(leftovers(['C:\\D\\A.lnk', 'C:\\D\\b.URL', 'C:\\D\\c.txt'], ['c:\\d\\a.LNK'])).toEqual(['C:\\D\\b.URL'])
})

describe('the computer’s name', () => {
  test.each([
    ['PC-{serial}', 'PC-ABC123'],
    ['ATELIER-03', 'ATELIER-03'],
    ['Poste accueil', null],
    ['12345', null],
    ['*', null],
  ])('%s gives %s', (rule, name) => {
    expect(wantedName(rule, contextOf({}, windows().exec))).toBe(name)
  })

  test.each([
    ['PC-1', { active: 'pc-1', pending: 'PC-1' }, 'none'],
    ['PC-1', { active: 'OLD', pending: 'PC-1' }, 'restart'],
    ['PC-1', { active: 'OLD', pending: 'OLD' }, 'rename'],
    ['PC-1', { active: null, pending: null }, 'rename'],
  ] as const)('%s beside %j takes %s', (wanted, found, change) => {
    expect(nameChange(wanted, found)).toBe(change)
  })

  test('is changed, and holds after a restart, when the other settings are not made again', async () => {
    const name = { active: 'OLD', pending: 'OLD' }
    const { exec, asked, calls } = windows(() => null, name)
    const input = { hibernate: false, computerName: 'PC-{serial}' }
    const first = await step(contextOf(input, exec))
    expect(first).toEqual({ continueWith: { settings: [{ setting: 'hibernate', outcome: 'set' }] } })
    expect(calls).toEqual([{ name: 'rename-computer', input: { name: 'PC-ABC123' } }])
    name.active = name.pending
    asked.length = 0
    const memory = 'continueWith' in first ? first.continueWith : {}
    expect(await step(contextOf(input, exec, memory))).toMatchObject({
      result: { computerName: 'PC-ABC123', settings: [{}, { setting: 'computerName', outcome: 'set' }] },
    })
    expect(asked).toEqual([])
  })

  test.each([
    ['that did not hold after the restart', 'PC-{serial}', { settings: [] }, 'SETTINGS_FAILED'],
    ['no rule can make', 'Poste accueil', {}, 'COMPUTER_NAME_UNUSABLE'],
  ])('%s is a failure', async (_name, computerName, memory, code) => {
    await expect(step(contextOf({ computerName }, windows().exec, memory))).rejects.toMatchObject({ failure: { code } })
  })
})
