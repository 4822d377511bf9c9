import { expect, test } from 'vitest'
import { secretNames } from '../../../../../server/deployments/serving/step-secrets.ts'
import { noMaterials } from '../../../../../agent/protocol/materials.ts'
import { software } from '../materials.ts'

const phase = 'windows'
const host = software('teamviewer-host', 'a')
const assigned = {
  ...host,
  manifest: {
    ...host.manifest,
    afterwards: [
      {
        title: { fr: 'a', en: 'b' },
        program: 'x.exe',
        arguments: ['--token', '${secret.teamViewerToken}', '${secret.group}'],
      },
    ],
  },
}

test('a step may know what those of its settings refer to in which a secret may stand, each once', () => {
  const template = { script: 'a ${secret.one} ${secret.two} ${secret.one}', key: '${secret.key}', other: '${secret.x}' }
  const materials = { ...noMaterials, software: [assigned] }
  const namesFor = (type: string): string[] => secretNames({ type, phase, template }, materials)
  expect(namesFor('run-command')).toEqual(['one', 'two'])
  expect(namesFor('run-powershell')).toEqual(['one', 'two'])
  expect(namesFor('set-windows')).toEqual([])
})

test('a step that installs may know what the manifests of its software refer to', () => {
  const materials = { ...noMaterials, software: [assigned] }
  expect(secretNames({ type: 'install-software', phase, template: { package: 'host' } }, materials)).toEqual([
    'teamViewerToken',
    'group',
  ])
})

test('a step that refers to none knows none', () => {
  expect(secretNames({ type: 'run-command', phase, template: { disk: 'only' } }, null)).toEqual([])
  expect(secretNames({ type: 'install-software', phase, template: {} }, { ...noMaterials, software: [host] })).toEqual(
    [],
  )
})

test('a step that only looks at software, and one nobody knows, get no secret', () => {
  const materials = { ...noMaterials, software: [assigned] }
  const template = { profile: '${secret.one}' }
  for (const type of ['verify', 'create-shortcuts', 'partition-disk', 'from-another-version'])
    expect(secretNames({ type, phase, template }, materials)).toEqual([])
})

test.each(['run-command', 'prepare-windows', 'partition-disk'])('%s gets none in the environment', (type) => {
  const template = { command: '${secret.one}', script: '${secret.one}', key: '${secret.one}' }
  expect(secretNames({ type, phase: 'environment', template }, null)).toEqual([])
})
