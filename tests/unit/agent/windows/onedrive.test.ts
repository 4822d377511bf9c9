import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { parseProfile } from '../../../../images/debloat/parse-profile.ts'
import { setupProgram } from '../../../../agent/windows/apps/onedrive-setup.ts'
import { appItems } from '../../../../agent/windows/evidence/apps.ts'
import { openQuestions } from '../../../../agent/windows/evidence/measure.ts'
import { removeApps } from '../../../../agent/windows/steps/remove-apps.ts'
import { noMaterials } from '../../../../agent/protocol/materials.ts'
import type { Exec } from '../../../../agent/runtime/exec.ts'
import { freshMachine } from '../../../windows/machine.ts'
import { reg } from '../../../windows/programs/reg.ts'
import { withoutValues, withValues, type RegistryValue } from '../../../windows/registry.ts'
import { exited, folderDependencies, windowsContext, windowsWork, withScripts } from './programs.ts'

const run = 'HKU\\EtabliDefaultUser\\Software\\Microsoft\\Windows\\CurrentVersion\\Run'
const uninstall = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\OneDriveSetup.exe'
const setup = 'C:\\Program Files\\Microsoft OneDrive\\24.201.1006.0005\\OneDriveSetup.exe'
const text = (key: string, name: string, data: string): RegistryValue => ({ key, name, type: 'REG_SZ', data })
/** As an image of 24H2 has it, and as a machine-wide installation leaves it. */
const forNewUsers = text(run, 'OneDriveSetup', 'C:\\Windows\\System32\\OneDriveSetup.exe /thfirstsetup')
const forAll = text(uninstall, 'UninstallString', `"${setup}"  /uninstall  /allusers`)

type Refusal = (line: string) => ReturnType<typeof exited> | null

/** A Windows with these values; OneDrive's own set-up takes itself away some time after it has ended. */
function windows(
  values: readonly RegistryValue[],
  { refuses = (): ReturnType<Refusal> => null, afterPauses = 2 } = {},
) {
  let machine = withValues(freshMachine({ language: 'fr' }), values)
  let pauses = Infinity
  const asked: string[] = []
  const exec: Exec = (command, args) => {
    const line = [command, ...args].join(' ')
    if (!line.startsWith('reg.exe query')) asked.push(line)
    const refused = (refuses as Refusal)(line)
    if (refused !== null) return Promise.resolve(refused)
    if (command === setup) pauses = afterPauses
    if (command !== 'reg.exe') return Promise.resolve(command === setup ? exited(0) : { kind: 'missing' })
    const answer = reg(machine, { program: command, args, script: null, file: null, atMs: 0 })
    machine = answer.machine
    return Promise.resolve(exited(answer.code, answer.stdout, answer.stderr))
  }
  const sleep = (): Promise<void> => {
    pauses -= 1
    if (pauses <= 0) machine = withoutValues(machine, uninstall, undefined) ?? machine
    return Promise.resolve()
  }
  return { asked, exec, sleep }
}

const why = { fr: 'Au choix du client.', en: 'The customer’s choice.' }
const item = { kind: 'onedrive' as const, name: 'OneDrive', why }
const profiles = [{ id: 'x', version: 'v', profile: { name: 'x', items: [item] } }]
const dependencies = folderDependencies()

function contextOf({ exec, sleep }: Pick<ReturnType<typeof windows>, 'exec' | 'sleep'>) {
  const work = { ...windowsWork('remove-apps', { profile: 'x' }), materials: { ...noMaterials, profiles } }
  const context = windowsContext(work, exec)
  return { ...context, clock: { ...context.clock, sleep } }
}

describe('OneDrive goes', () => {
  test('from what new users get, and the hive is closed again', async () => {
    const one = windows([forNewUsers])
    expect(await removeApps(dependencies)(contextOf(one))).toMatchObject({ result: { removed: 1, failed: [] } })
    expect(one.asked).toContain(`reg.exe delete ${run} /v OneDriveSetup /f /reg:64`)
    const loads = one.asked.filter((line) => line.startsWith('reg.exe load')).length
    expect(one.asked.filter((line) => line.startsWith('reg.exe unload')).length).toBeGreaterThanOrEqual(loads)
    expect(one.asked.join('\n')).not.toContain('/uninstall')
  })

  test('from the whole machine by its own set-up, which ends before it is done', async () => {
    const one = windows([forNewUsers, forAll])
    expect(await removeApps(dependencies)(contextOf(one))).toMatchObject({ result: { removed: 1 } })
    expect(one.asked).toContain(`${setup} /uninstall /allusers`)
  })

  test('and is not there on a Windows without it', async () => {
    expect(await removeApps(dependencies)(contextOf(windows([])))).toMatchObject({ result: { absent: 1, failed: [] } })
  })
})

test.each<[string, RegistryValue[], Parameters<typeof windows>[1], string]>([
  [
    'its entry is refused',
    [forNewUsers],
    {
      refuses: (line?: string) => (line?.startsWith('reg.exe delete') === true ? exited(1, '', 'Accès refusé.') : null),
    },
    'Accès refusé',
  ],
  ['its set-up never does anything', [forAll], { afterPauses: Infinity }, 'still there after its removal'],
  ['its set-up is somebody else’s program', [text(uninstall, 'UninstallString', 'C:\\x\\evil.exe')], {}, 'evil.exe'],
  [
    'the hive of new users cannot be opened',
    [forNewUsers],
    { refuses: (line?: string) => (line?.startsWith('reg.exe load') === true ? exited(1, '', 'utilisé') : null) },
    'utilisé',
  ],
])('OneDrive counts as there when %s', async (_what, values, options, words) => {
  const one = windows(values, options as object)
  await expect(removeApps(dependencies)(contextOf(one))).rejects.toMatchObject({
    failure: { code: 'APPS_NOT_REMOVED', detail: expect.stringContaining(words) as string },
  })
  expect(one.asked.join('\n')).not.toMatch(/^C:\\x\\evil/m)
})

test.each<[string, RegistryValue[], string, string]>([
  ['nowhere', [], 'passed', 'gone'],
  ['waiting for new users', [forNewUsers], 'failed', 'there for new accounts'],
  ['in the whole machine', [forAll, forNewUsers], 'failed', 'installed, there for new accounts'],
])('the check finds it %s', async (_what, values, verdict, found) => {
  const one = windows(values)
  const { exec } = withScripts({ 'measure-apps': () => ({ result: {} }) }, one.exec)
  const measured = await openQuestions(contextOf({ ...one, exec }), dependencies).apps([item])
  expect(appItems(measured, [item])).toMatchObject([{ id: 'onedrive:OneDrive', verdict, measured: { en: found } }])
})

test('the check does not open anybody’s hive for a profile without it, and says when it could not look', async () => {
  const none = windows([forNewUsers])
  const scripts = { 'measure-apps': () => ({ result: {} }) }
  await openQuestions(contextOf({ ...none, ...withScripts(scripts, none.exec) }), dependencies).apps([])
  expect(none.asked).toEqual([])
  const refuses = (line?: string) => (line?.startsWith('reg.exe load') === true ? exited(1) : null)
  const shut = windows([forNewUsers], { refuses: refuses as () => null })
  const measured = await openQuestions(contextOf({ ...shut, ...withScripts(scripts, shut.exec) }), dependencies).apps([
    item,
  ])
  expect(appItems(measured, [item])).toMatchObject([{ verdict: 'failed', measured: { en: 'not measured' } }])
})

test.each<[string, string | null]>([
  [`"${setup}"  /uninstall  /allusers`, setup],
  [
    'C:\\Program Files\\Microsoft OneDrive\\24.1\\OneDriveSetup.exe /uninstall /allusers',
    'C:\\Program Files\\Microsoft OneDrive\\24.1\\OneDriveSetup.exe',
  ],
  [
    '"C:\\Program Files (x86)\\Microsoft OneDrive\\OneDriveSetup.exe" /uninstall',
    'C:\\Program Files (x86)\\Microsoft OneDrive\\OneDriveSetup.exe',
  ],
  ['C:\\Users\\Public\\OneDriveSetup.exe /uninstall', null],
  ['"C:\\Program Files\\Microsoft OneDrive\\..\\OneDriveSetup.exe"', null],
  ['cmd.exe /c del *', null],
  ['', null],
])('%j names the set-up %j', (command, program) => {
  expect(setupProgram(command)).toBe(program)
})

test('any text names a set-up of OneDrive’s or none', () => {
  fc.assert(
    fc.property(fc.string(), (command) => {
      expect(setupProgram(command) ?? setup).toMatch(/OneDriveSetup\.exe$/i)
    }),
  )
})

test('a profile names it in one way only', () => {
  const profile = (name: string) =>
    `name: x\nitems:\n  - kind: onedrive\n    name: ${name}\n    why: { fr: a, en: b }\n`
  expect(parseProfile(profile('OneDrive'))).toMatchObject({ ok: true })
  expect(parseProfile(profile('Microsoft.OneDrive'))).toMatchObject({
    ok: false,
    problems: [{ code: 'FILE_ITEM_NAME', line: 4 }],
  })
})

test('our profile leaves it to the shop: it is there behind "#", and right once that goes', () => {
  const shipped = readFileSync('images/debloat/library/office-center.yaml', 'utf8')
  const kinds = (profile: string) => {
    const parsed = parseProfile(profile)
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
    return new Set(parsed.value.items.map(({ kind }) => kind))
  }
  expect(kinds(shipped)).not.toContain('onedrive')
  const at = shipped.indexOf('  # - kind: onedrive')
  expect(kinds(shipped.slice(0, at) + shipped.slice(at).replaceAll(/^ {2}# /gm, '  '))).toContain('onedrive')
})
