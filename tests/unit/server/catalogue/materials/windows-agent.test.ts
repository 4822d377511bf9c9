import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createRunMaterials } from '../../../../../server/catalogue/materials/run-materials.ts'
import { createWindowsAgent, type WindowsAgent } from '../../../../../server/catalogue/materials/windows-agent.ts'
import { image, described } from '../../deployments/sample.ts'
import { everyMaterial } from '../../deployments/materials.ts'

const bytes = Buffer.from('MZ agent')
const sha256 = createHash('sha256').update(bytes).digest('hex')
const manifest = {
  inputs: 'x',
  version: '0.1.0',
  runtime: '22',
  file: 'etabli-agent.exe',
  sizeBytes: bytes.length,
  sha256,
}

let folder: string
let agent: WindowsAgent
const lay = (change: object = {}) => {
  writeFileSync(join(folder, 'etabli-agent.exe'), bytes)
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, ...change }))
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'etabli-windows-agent-'))
  agent = createWindowsAgent(folder)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('the agent that was built is pinned by its content, and found again by it', async () => {
  lay()
  expect(await agent.pin()).toEqual({
    version: '0.1.0',
    file: { path: 'etabli-agent.exe', sizeBytes: bytes.length, sha256 },
  })
  expect(await agent.path(sha256)).toEqual({ path: join(folder, 'etabli-agent.exe'), sizeBytes: bytes.length })
})

test('a run that pinned an older one does not get the newer one', async () => {
  lay()
  expect(await agent.path('0'.repeat(64))).toBeNull()
})

test.each<[string, () => void]>([
  ['none was built', () => undefined],
  ['its manifest is half written', () => (lay(), writeFileSync(join(folder, 'manifest.json'), '{"ver'))],
  ['its manifest is of another shape', () => lay({ sha256: 'no' })],
  ['its manifest names another file', () => lay({ file: '../../etc/passwd' })],
  ['it was cut off', () => (lay(), truncateSync(join(folder, 'etabli-agent.exe'), 3))],
  ['the folder is not there', () => rmSync(folder, { recursive: true })],
])('a run for Windows is refused when %s', async (_, spoil) => {
  spoil()
  await expect(agent.pin()).rejects.toMatchObject({ code: 'WINDOWS_AGENT_NOT_BUILT', params: { folder } })
  expect(await agent.path(sha256)).toBeNull()
})

test('only a run that prepares Windows takes the agent', async () => {
  const catalogue = { materialsFor: async () => null, materialPath: async () => ({ path: '/catalogue', sizeBytes: 1 }) }
  const { materialsFor, materialPath } = createRunMaterials(catalogue, agent)
  const request = (type: string) => ({
    steps: [{ type, input: {}, phase: 'environment' as const }],
    machine: described,
    image,
  })
  expect(await materialsFor(request('apply-image'))).toBeNull()
  await expect(materialsFor(request('prepare-windows'))).rejects.toMatchObject({ code: 'WINDOWS_AGENT_NOT_BUILT' })
  lay()
  expect(await materialsFor(request('prepare-windows'))).toMatchObject({ software: [], agent: { version: '0.1.0' } })
  const materials = { ...everyMaterial, agent: await agent.pin() }
  expect(await materialPath(sha256, materials)).toMatchObject({ path: join(folder, 'etabli-agent.exe') })
  expect(await materialPath('a'.repeat(64), materials)).toMatchObject({ path: '/catalogue' })
})
