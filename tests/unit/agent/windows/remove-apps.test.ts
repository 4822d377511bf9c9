import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseProfile } from '../../../../images/debloat/parse-profile.ts'
import { isProtected, type DebloatItem, type DebloatProfile } from '../../../../images/debloat/profile.ts'
import { noMaterials } from '../../../../agent/protocol/materials.ts'
import { removeApps } from '../../../../agent/windows/steps/remove-apps.ts'
import { folderDependencies, windowsContext, windowsWork, withScripts, type ScriptAnswer } from './programs.ts'
import { recordedScript } from './recordings.ts'

const dependencies = folderDependencies()
const step = removeApps(dependencies)
const why = { fr: 'Inutile ici.', en: 'Of no use here.' }
const item = (kind: DebloatItem['kind'], name: string): DebloatItem => ({ kind, name, why })
const apps = [
  { ...item('appx', 'Microsoft.BingNews'), title: { fr: 'Actualités', en: 'News' } },
  item('appx', 'MSTeams'),
  item('appx', 'Microsoft.Copilot'),
]

function run(items: DebloatItem[], answers: Record<string, () => ScriptAnswer>, memory: Record<string, unknown> = {}) {
  const { exec, calls } = withScripts(answers)
  const work = windowsWork('remove-apps', { profile: 'office-center' })
  const profile: DebloatProfile = { name: 'Office Center', items }
  const context = windowsContext(
    {
      ...work,
      step: { ...work.step, memory },
      materials: { ...noMaterials, profiles: [{ id: 'office-center', version: 'v', profile }] },
    },
    exec,
  )
  const told: string[] = []
  const outcome = step({
    ...context,
    progress: ({ fraction, doing }) => void told.push(`${Math.round((fraction ?? 0) * 100)} ${doing?.fr ?? ''}`),
  })
  return { outcome, calls, told, lines: context.lines }
}

describe.each(['fr', 'en'])('apps of a profile, in a Windows that speaks %s', (language) => {
  test('go one by one; one that fails stops no other and is named', async () => {
    const answers = { 'remove-appx': () => recordedScript('remove-appx', `mixed.${language}`) }
    const { outcome, told, lines } = run(apps, answers)
    const { result } = (await outcome) as { result: { items: Array<{ words?: string }> } }
    expect(result).toMatchObject({
      ...{ profile: 'office-center', removed: 1, absent: 1, failed: ['Microsoft.Copilot'], restarted: false },
      items: [
        { kind: 'appx', name: 'Microsoft.BingNews', outcome: 'removed' },
        { kind: 'appx', name: 'MSTeams', outcome: 'absent' },
        { kind: 'appx', name: 'Microsoft.Copilot', outcome: 'failed' },
      ],
    })
    expect(result.items[2]?.words).toContain('0x80073CFA')
    expect(told).toEqual(['33 Actualités', '67 MSTeams', '100 Microsoft.Copilot'])
    expect(lines.join()).toContain('appx Microsoft.Copilot stays')
  })
})

test('what Windows needs stays, whatever the profile says', async () => {
  const { outcome, calls } = run([item('appx', 'microsoft.windowsstore'), ...apps], {
    'remove-appx': () => recordedScript('remove-appx', 'mixed.fr'),
  })
  expect(await outcome).toMatchObject({
    result: { items: [{ name: 'microsoft.windowsstore', outcome: 'protected' }, {}, {}, {}] },
  })
  // Windows would fetch Teams again: the script is told by which task.
  expect(calls[0]?.input).toEqual({ names: apps.map(({ name }) => name), tasks: { MSTeams: ['TFLUpdate'] } })
})

test('Widgets are no part of Windows that has to stay, though they are named like one', () => {
  expect(isProtected('MicrosoftWindows.Client.WebExperience')).toBe(false)
  expect(isProtected('MicrosoftWindows.Client.CBS')).toBe(true)
})

test('every kind has its script, and the machine restarts once when a feature wants it', async () => {
  const items = [item('feature', 'Recall'), item('capability', 'App.Support.QuickAssist'), ...apps]
  const first = run(items, {
    'remove-appx': () => recordedScript('remove-appx', 'mixed.fr'),
    'remove-capabilities': () => recordedScript('remove-capabilities', 'removed'),
    'remove-features': () => recordedScript('remove-features', 'restart'),
  })
  const left = await first.outcome
  expect(first.calls.map(({ name }) => name)).toEqual(['remove-appx', 'remove-capabilities', 'remove-features'])
  const memory = 'continueWith' in left ? left.continueWith : {}
  const second = run(items, {}, memory)
  expect(await second.outcome).toMatchObject({ result: { removed: 3, restarted: true } })
  expect(second.calls).toEqual([])
})

test('a script that breaks off leaves what it did, and fails the rest with its words', async () => {
  const broken = (): ScriptAnswer => {
    const { progress = [] } = recordedScript('remove-appx', 'broken-off')
    return { progress, code: 1, stderr: 'Le service ne peut pas être démarré. (0x80070422)' }
  }
  const { outcome } = run([...apps, item('feature', 'Recall')], {
    'remove-appx': broken,
    'remove-features': () => recordedScript('remove-features', 'absent'),
  })
  expect(await outcome).toMatchObject({
    result: { removed: 1, absent: 1, failed: ['MSTeams', 'Microsoft.Copilot'], items: { length: 4 } },
  })
})

test.each([
  ['nothing of it could be removed', { 'remove-capabilities': 'failed.fr' }, 'APPS_NOT_REMOVED'],
  ['there is no PowerShell', null, 'WINDOWS_PROGRAM_MISSING'],
])('the step fails when %s', async (_name, recorded, code) => {
  const items = [item('capability', 'App.Support.QuickAssist')]
  if (recorded !== null) {
    const answers = { 'remove-capabilities': () => recordedScript('remove-capabilities', 'failed.fr') }
    return expect(run(items, answers).outcome).rejects.toMatchObject({ failure: { code } })
  }
  const work = windowsWork('remove-apps', { profile: 'x' })
  const profiles = [{ id: 'x', version: 'v', profile: { name: 'x', items } }]
  const context = windowsContext({ ...work, materials: { ...noMaterials, profiles } }, () =>
    Promise.resolve({ kind: 'missing' }),
  )
  return expect(step(context)).rejects.toMatchObject({ failure: { code } })
})

test('a profile the run was not given fails with its name', async () => {
  const context = windowsContext(windowsWork('remove-apps', { profile: 'x' }), withScripts({}).exec)
  await expect(step(context)).rejects.toMatchObject({ failure: { code: 'PROFILE_UNKNOWN', params: { profile: 'x' } } })
})

describe('the profile that is shipped', () => {
  const parsed = parseProfile(readFileSync('images/debloat/library/office-center.yaml', 'utf8'))
  const items = parsed.ok ? parsed.value.items : []

  test('is a profile, with a title and a reason in both languages for every item', () => {
    expect(parsed).toMatchObject({ ok: true })
    for (const { title, why: reason } of items) {
      expect(title?.fr).toBeTruthy()
      for (const text of [reason.fr, reason.en]) expect(text).toMatch(/^[A-ZÀÉL].{10,200}\.$/)
      expect(reason.fr).not.toMatch(/[^\u202f][;:!?»]|«[^\u202f]/)
    }
  })

  test.each([
    'WindowsCalculator',
    'Windows.Photos',
    'WindowsNotepad',
    'Paint',
    'ScreenSketch',
    'GetHelp',
    'ZuneMusic',
    'XboxSpeechToTextOverlay',
  ])('leaves %s', (name) => {
    expect(items.map((one) => one.name.toLowerCase())).not.toContain(`microsoft.${name.toLowerCase()}`)
  })
})
