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

test('a step may know what its template and its software’s manifests refer to, each once', () => {
  const template = { script: 'a ${secret.one} ${secret.two}', nested: [{ deep: '${secret.one}' }], number: 5 }
  expect(secretNames({ template }, { ...noMaterials, software: [assigned] })).toEqual([
    'one',
    'two',
    'teamViewerToken',
    'group',
  ])
})

test('a step that refers to none knows none', () => {
  expect(secretNames({ template: { disk: 'only' } }, null)).toEqual([])
  expect(secretNames({ template: {} }, { ...noMaterials, software: [host] })).toEqual([])
})
