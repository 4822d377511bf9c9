import { expect, test } from 'vitest'
import { secretNames } from '../../../../../server/deployments/serving/step-secrets.ts'
import { noMaterials } from '../../../../../agent/protocol/materials.ts'
import { software } from '../materials.ts'

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

test('a step may know what its own settings refer to, each once', () => {
  const template = { script: 'a ${secret.one} ${secret.two}', nested: [{ deep: '${secret.one}' }], number: 5 }
  const materials = { ...noMaterials, software: [assigned] }
  for (const type of ['run-command', 'run-powershell', 'prepare-windows'])
    expect(secretNames({ type, template }, materials)).toEqual(['one', 'two'])
})

test('a step that installs may know what the manifests of its software refer to', () => {
  const materials = { ...noMaterials, software: [assigned] }
  expect(secretNames({ type: 'install-software', template: { package: 'teamviewer-host' } }, materials)).toEqual([
    'teamViewerToken',
    'group',
  ])
})

test('a step that refers to none knows none', () => {
  expect(secretNames({ type: 'run-command', template: { disk: 'only' } }, null)).toEqual([])
  expect(secretNames({ type: 'install-software', template: {} }, { ...noMaterials, software: [host] })).toEqual([])
})

test('a step that only looks at software, and one nobody knows, get no secret', () => {
  const materials = { ...noMaterials, software: [assigned] }
  const template = { profile: '${secret.one}' }
  for (const type of ['verify', 'create-shortcuts', 'partition-disk', 'from-another-version'])
    expect(secretNames({ type, template }, materials)).toEqual([])
})
