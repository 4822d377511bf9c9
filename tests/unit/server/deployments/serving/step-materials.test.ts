import { expect, test } from 'vitest'
import { noMaterials } from '../../../../../agent/protocol/materials.ts'
import { stepMaterials } from '../../../../../server/deployments/serving/step-materials.ts'
import { everyMaterial } from '../materials.ts'

const got = (type: string, input: Record<string, unknown> = {}) => {
  const part = stepMaterials({ type, input }, everyMaterial, [])
  if (part === null) return null
  const { agent, software, profiles, drivers, updates } = part
  return [
    ...(agent === undefined ? [] : ['agent']),
    ...[...software, ...profiles, ...updates].map(({ id }) => id),
    ...drivers.map(({ pack }) => pack),
  ]
}

test.each<[string, string, Record<string, unknown>, string[] | null]>([
  ['the agent', 'prepare-windows', {}, ['agent']],
  ['the drivers', 'inject-drivers', { packs: 'matching' }, ['nuc11']],
  ['the drivers again', 'install-drivers', {}, ['nuc11']],
  [
    'a package after what it needs',
    'install-software',
    { package: 'teamviewer-host' },
    ['vcredist', 'teamviewer-host'],
  ],
  [
    'packages in the order of the run',
    'install-software',
    { packages: ['pdf-reader', 'vcredist'] },
    ['vcredist', 'pdf-reader'],
  ],
  ['nothing it does not know', 'install-software', { package: 'unheard-of' }, []],
  ['the packages whose shortcuts it makes', 'create-shortcuts', { packages: ['pdf-reader'] }, ['pdf-reader']],
  [
    'no package for shortcuts of its own',
    'create-shortcuts',
    { shortcuts: [{ name: 'Aide', target: 'https://example.org' }] },
    [],
  ],
  ['its profile', 'remove-apps', { profile: 'other' }, ['other']],
  ['the updates', 'windows-update', {}, ['KB5058411']],
  [
    'all that has to be there and gone',
    'verify',
    {},
    ['vcredist', 'teamviewer-host', 'pdf-reader', 'office-center', 'other'],
  ],
  ['nothing', 'partition-disk', {}, null],
  ['nothing', 'run-command', { command: 'x' }, null],
])('a step gets %s: %s', (_, type, input, ids) => {
  expect(got(type, input)).toEqual(ids)
})

test('only a check gets what the update packages bring Windows to', () => {
  const levels = (type: string) => stepMaterials({ type, input: {} }, everyMaterial, [])?.levels
  expect(levels('verify')).toEqual(everyMaterial.levels)
  expect(levels('windows-update')).toBeUndefined()
  // A run of an earlier version has pinned none.
  expect(stepMaterials({ type: 'verify', input: {} }, noMaterials, [])?.levels).toBeUndefined()
})

test('packages that need each other in a circle are each given once', () => {
  const [a, b] = everyMaterial.software
  if (!a || !b) throw new Error('the sample has software')
  const circle = { ...noMaterials, software: [{ ...a, manifest: { ...a.manifest, needs: [b.id] } }, b] }
  expect(stepMaterials({ type: 'install-software', input: { package: a.id } }, circle, [])?.software).toHaveLength(2)
})

test('a run without materials has none for its steps', () => {
  expect(stepMaterials({ type: 'verify', input: {} }, null, [])).toBeNull()
  expect(stepMaterials({ type: 'prepare-windows', input: {} }, noMaterials, [])).toBeNull()
})

test('a check looks for the shortcuts that the run was to make, and no others', () => {
  const software = everyMaterial.software.map((one) => ({
    ...one,
    manifest: { ...one.manifest, shortcut: { name: one.id, target: 'C:\\x.exe' } },
  }))
  const lookedFor = (...steps: Array<{ type: string; input: Record<string, unknown> }>): string[] =>
    (stepMaterials({ type: 'verify', input: {} }, { ...noMaterials, software }, steps)?.software ?? [])
      .filter(({ manifest }) => manifest.shortcut !== undefined)
      .map(({ id }) => id)
  const installed = { type: 'install-software', input: { package: 'teamviewer-host', shortcut: 'desktop' } }
  expect(lookedFor(installed)).toEqual(['teamviewer-host'])
  expect(lookedFor({ type: 'install-software', input: { package: 'teamviewer-host', shortcut: 'none' } })).toEqual([])
  expect(lookedFor(installed, { type: 'create-shortcuts', input: { packages: ['pdf-reader'] } })).toEqual([
    'teamviewer-host',
    'pdf-reader',
  ])
})
