import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Value } from 'typebox/value'
import { Evidence } from '../../../../agent/protocol/evidence.ts'
import { noMaterials, type Materials, type PinnedSoftware } from '../../../../agent/protocol/materials.ts'
import type { Progress } from '../../../../agent/protocol/messages.ts'
import { installSoftware } from '../../../../agent/windows/steps/install-software.ts'
import { removeApps } from '../../../../agent/windows/steps/remove-apps.ts'
import { verify } from '../../../../agent/windows/steps/verify.ts'
import { windowsUpdate } from '../../../../agent/windows/steps/windows-update.ts'
import type { DebloatItem } from '../../../../images/debloat/profile.ts'
import type { Machine, Update } from '../../../windows/machine.ts'
import { openMaterials } from './materials.ts'
import { playedWindows, type PlayedWindows } from './played-windows.ts'
import { folderDependencies, windowsContext, windowsWork } from './programs.ts'
import { installerText, pinned, teamViewer } from './software-machine.ts'

/** What Windows answers when it refuses, knows a part only, or says less than it might: the stand-in does the same. */
let dependencies: ReturnType<typeof folderDependencies>
beforeEach(() => {
  dependencies = folderDependencies()
})
afterEach(() => dependencies.remove())

const why = { fr: 'Inutile ici.', en: 'Of no use here.' }
const item = (name: string, kind: DebloatItem['kind'] = 'appx'): DebloatItem => ({ kind, name, why })
const app = (name: string, differences: Partial<Machine['apps'][number]> = {}): Machine['apps'][number] => ({
  ...{ name, fullName: `${name}_1.2.3.4_x64__8wekyb3d8bbwe`, provisioned: true, installed: true },
  ...differences,
})
const materialsOf = (items: DebloatItem[], software: PinnedSoftware[] = []): Materials => ({
  ...{ ...noMaterials, software },
  profiles: items.length === 0 ? [] : [{ id: 'office', version: 'v', profile: { name: 'Office', items } }],
})

async function remove(windows: PlayedWindows, items: DebloatItem[]) {
  const work = { ...windowsWork('remove-apps', { profile: 'office' }), materials: materialsOf(items) }
  return removeApps(dependencies)(windowsContext(work, windows.exec))
}

/** Each item's verdict and what was measured. */
async function evidenceOf(windows: PlayedWindows, materials: Materials) {
  const context = windowsContext({ ...windowsWork('verify'), materials }, windows.exec)
  const outcome = await verify(dependencies)(context)
  if (!('result' in outcome) || !Value.Check(Evidence, outcome.result)) throw new Error('no evidence')
  return new Map(outcome.result.items.map(({ id, verdict, measured }) => [id, `${verdict}: ${measured.en}`]))
}

describe('a partial answer', () => {
  test('costs the item that could not be measured, and no other', async () => {
    const windows = playedWindows({ unmeasurable: ['tpm', 'Microsoft.ZuneMusic'] })
    const items = [item('Microsoft.ZuneMusic'), item('Microsoft.BingNews')]
    const found = await evidenceOf(windows, materialsOf(items))
    const unmeasured = [...found].filter(([, said]) => said.endsWith('not measured')).map(([id]) => id)
    expect(unmeasured).toEqual(['tpm', 'app:Microsoft.ZuneMusic'])
    expect(found.get('tpm')).toBe('failed: not measured')
    expect(found.get('secure-boot')).toBe('passed: on')
    expect(found.get('app:Microsoft.BingNews')).toBe('passed: gone')
  })

  test.each(['version', 'licence', 'recovery', 'encryption', 'disks', 'radio', 'capabilities'])(
    'without %s the rest of the evidence is there',
    async (part) => {
      const items = [item('Microsoft.BingNews'), item('App.Support.QuickAssist', 'capability')]
      const whole = await evidenceOf(playedWindows({}), materialsOf(items))
      const found = await evidenceOf(playedWindows({ unmeasurable: [part] }), materialsOf(items))
      expect([...found.keys()]).toEqual([...whole.keys()])
      const changed = [...found].filter(([id, said]) => said !== whole.get(id))
      expect(changed.length).toBeGreaterThan(0)
      expect(changed.length).toBeLessThan(4)
    },
  )
})

describe('an app whose removal Windows refuses', () => {
  const items = ['Gone', 'Throws', 'Stays', 'Staged'].map((name) => item(name))
  const machine = {
    apps: [
      app('Gone'),
      app('Throws', { removal: 'throws' }),
      app('Stays', { removal: 'stays', provisioned: false }),
      app('Staged', { provisioned: false, installed: false }),
    ],
  }

  test('is named with Windows’ words, and stops no other; one that is merely staged was not there', async () => {
    const outcome = await remove(playedWindows(machine), items)
    expect(outcome).toMatchObject({
      result: {
        ...{ removed: 1, absent: 1, failed: ['Throws', 'Stays'] },
        items: [
          { name: 'Gone', outcome: 'removed' },
          { name: 'Throws', outcome: 'failed', words: expect.stringContaining('0x80073CFA') },
          { name: 'Stays', outcome: 'failed', words: expect.stringContaining('still there') },
          { name: 'Staged', outcome: 'absent' },
        ],
      },
    })
  })

  test('fails the evidence, whatever the step said', async () => {
    const windows = playedWindows(machine)
    await remove(windows, items)
    const found = await evidenceOf(windows, materialsOf(items))
    expect([...found].filter(([id]) => id.startsWith('app:'))).toEqual([
      ['app:Gone', 'passed: gone'],
      ['app:Throws', 'failed: there for new accounts, installed'],
      ['app:Stays', 'failed: installed'],
      ['app:Staged', 'passed: gone'],
    ])
  })
})

const terminal = pinned(
  'terminal',
  {
    ...{ ...teamViewer, name: 'Terminal', reports: [], detect: { appx: 'Microsoft.WindowsTerminal' } },
    installer: { kind: 'msix', file: '*.msixbundle' },
  },
  'Microsoft.WindowsTerminal_1.21.3231.0_8wekyb3d8bbwe.msixbundle',
)

describe('a list of apps that Windows does not give', () => {
  const items = [item('Microsoft.BingNews'), item('App.Support.QuickAssist', 'capability')]
  const machine: Partial<Machine> = {
    ...{ appsUnlisted: true, apps: [app('Microsoft.BingNews')] },
    capabilities: [{ name: 'App.Support.QuickAssist', present: true }],
  }

  test('fails each app with Windows’ words, and no other kind', async () => {
    expect(await remove(playedWindows(machine), items)).toMatchObject({
      result: {
        ...{ removed: 1, failed: ['Microsoft.BingNews'] },
        items: [{ words: expect.stringContaining('0x80070422') }, { outcome: 'removed' }],
      },
    })
    await expect(remove(playedWindows(machine), items.slice(0, 1))).rejects.toMatchObject({
      failure: { code: 'APPS_NOT_REMOVED' },
    })
  })

  test('proves nothing gone, and nothing installed', async () => {
    const found = await evidenceOf(playedWindows(machine), materialsOf(items, [terminal]))
    expect(found.get('app:Microsoft.BingNews')).toBe('failed: not measured')
    expect(found.get('capability:App.Support.QuickAssist')).toBe('failed: installed')
    expect(found.get('software:terminal')).toBe('failed: not measured')
  })
})

test('a package that is merely staged is installed like one that is not there', async () => {
  const staged = app('Microsoft.WindowsTerminal', { provisioned: false, installed: false })
  const windows = playedWindows({ apps: [staged] })
  const materials = materialsOf([], [terminal])
  expect((await evidenceOf(windows, materials)).get('software:terminal')).toBe(
    'failed: missing: Microsoft.WindowsTerminal',
  )
  const work = { ...windowsWork('install-software', { package: 'terminal' }), materials }
  const context = { ...windowsContext(work, windows.exec), open: openMaterials([installerText]).open }
  expect(await installSoftware(dependencies)(context)).toMatchObject({
    result: { installed: [{ id: 'terminal', action: 'installed' }] },
  })
  expect((await evidenceOf(windows, materials)).get('software:terminal')).toMatch(/^passed: installed/)
})

describe('Windows Update that tells little', () => {
  const update = (told: Update['told']): Update => ({
    ...{ id: '7a1f0b9c-3f59-4b5e-9c1c-5f4c7c1d0001', kb: 'KB5089999', title: 'Cumulative', kind: 'security' },
    ...{ sizeBytes: 1e9, after: null, outcome: 'installs', state: 'available', hangsOnce: false, tries: 0 },
    ...(told === undefined ? {} : { told }),
  })
  async function install(told: Update['told']) {
    const windows = playedWindows({ updates: [update(told)] })
    const seen: Progress[] = []
    const context = windowsContext(windowsWork('windows-update'), windows.exec)
    const progress = (one: Progress): void => void seen.push(one)
    const outcome = await windowsUpdate(dependencies, () => 100e9)({ ...context, progress })
    return {
      outcome,
      seen,
      installing: seen.filter(({ doing }) => /^(Download|Install)ing update 1 of 1/.test(doing?.en ?? '')),
    }
  }

  test.each<[string, Update['told'], number]>([
    ['a refused Begin… still installs, with what the script tells by itself', 'nothing', 2],
    ['totals of 0 are no amount', 'no-amounts', 5],
  ])('%s', async (_name, told, lines) => {
    const { outcome, installing } = await install(told)
    expect(outcome).toMatchObject({ result: { installed: [{ kb: 'KB5089999' }], failed: [] } })
    expect(installing).toHaveLength(lines)
    for (const one of installing) expect(one).not.toHaveProperty('bytesTotal')
    const fractions = installing.map(({ fraction }) => fraction ?? -1)
    expect(fractions).toEqual(fractions.toSorted((one, other) => one - other))
    expect(fractions.every((one) => one >= 0 && one <= 1)).toBe(true)
  })

  test('amounts are told where there are any', async () => {
    const { installing } = await install(undefined)
    expect(installing.find(({ bytesDone }) => bytesDone === 5e8)).toMatchObject({ bytesTotal: 1e9 })
  })
})
