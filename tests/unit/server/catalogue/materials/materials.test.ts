import { msi, msu } from '../../../../installer-files.ts'
import { createHash } from 'node:crypto'
import { rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { Value } from 'typebox/value'
import { describe, expect, test } from 'vitest'
import { Materials } from '../../../../../agent/protocol/materials.ts'
import type { Inventory } from '../../../../../agent/protocol/inventory.ts'
import { Refusal } from '../../../../../server/refusal/refusal.ts'
import type { Catalogue } from '../../../../../server/catalogue/catalogue.ts'
import { inventory } from '../../deployments/sample.ts'
import { ethernetInf, graphicsInf } from '../../../images/inf/infs.ts'
import { manifest, profile, testCatalogue } from '../test-catalogue.ts'

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex')
const install = (...packages: string[]) => ({ type: 'install-software', input: { packages } })
const machine = (devices: Inventory['devices'] = []) => ({ inventory: { ...inventory(), devices } })
const nic: Inventory['devices'][number] = {
  ...{ bus: 'pci', address: '0000:56:00.0', deviceClass: '0200', description: null, driver: 'igc' },
  hardwareId: 'PCI\\VEN_8086&DEV_15F3&SUBSYS_30040000&REV_03',
}
const windows11 = { build: '26100.4349' }

async function pin(catalogue: Catalogue, steps: Array<{ type: string; input: Record<string, unknown> }>, more = {}) {
  const materials = await catalogue.materialsFor({ steps, machine: machine(), image: windows11, ...more })
  expect(Value.Errors(Materials, materials)).toEqual([])
  return materials
}

/** The refusal's code, after a look at its sentences in both languages: a parameter that nobody gave shows as undefined. */
async function refusalOf(work: Promise<unknown>): Promise<{ code: string; fr: string; en: string; fix: string }> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof Refusal)) throw new Error(`no refusal: ${String(error)}`)
  const { message, fix } = error.description
  for (const text of [message.fr, message.en, fix.fr, fix.en]) expect(text).toMatch(/^[^{]*[^{ ]$/)
  expect(`${message.fr}${message.en}`).not.toContain('undefined')
  return { code: error.code, ...message, fix: fix.fr }
}

describe('what a run pins of software', () => {
  test('is what its steps name and all that needs, in order, each once, with every file by content', async () => {
    await using made = await testCatalogue()
    made.put('software/app/manifest.yaml', manifest('App', { needs: 'runtime', file: 'app*.msi' }))
    made.put('software/app/sub/APP-2.msi', msi('app'))
    made.put('software/app/settings.ini', 'ini')
    made.put('software/runtime/manifest.yaml', manifest('Runtime'))
    made.put('software/runtime/setup.msi', msi('runtime'))
    const shortcuts = { type: 'create-shortcuts', input: { packages: ['app'] } }
    const { software } = await pin(made.catalogue, [install('app'), install('runtime', 'app'), shortcuts])
    expect(software.map(({ id }) => id)).toEqual(['runtime', 'app'])
    expect(software[1]).toMatchObject({
      manifest: { installer: { file: 'sub/APP-2.msi' } },
      files: [
        { path: 'settings.ini', sizeBytes: 3, sha256: sha256('ini') },
        { path: 'sub/APP-2.msi', sizeBytes: 11, sha256: sha256(msi('app')) },
      ],
    })
  })

  test('is refused in words when a package is unknown, incomplete or wrong', async () => {
    await using made = await testCatalogue({ 'shipped/software/teamviewer-host.yaml': manifest('TeamViewer') })
    made.put('software/wrong/manifest.yaml', 'name: a\nextra: b\n')
    made.put('software/app/manifest.yaml', manifest('App', { needs: 'teamviewer-host' }))
    made.put('software/app/setup.msi', msi('x'))
    expect(await refusalOf(pin(made.catalogue, [install('teamviewer-hots')]))).toMatchObject({
      code: 'SOFTWARE_NOT_FOUND',
      fr: expect.stringContaining('Vouliez-vous dire « teamviewer-host »'),
    })
    expect(await refusalOf(pin(made.catalogue, [install('app')]))).toMatchObject({
      code: 'SOFTWARE_INSTALLER_MISSING',
      fr: expect.stringContaining('setup.msi dans software/teamviewer-host/'),
      fix: 'Chez l’éditeur',
    })
    expect(await refusalOf(pin(made.catalogue, [install('wrong')]))).toMatchObject({
      code: 'SOFTWARE_INVALID',
      fr: expect.stringContaining('« source » manque'),
    })
    made.put('software/teamviewer-host/a/setup.msi', msi('x'))
    made.put('software/teamviewer-host/b/setup.msi', msi('x'))
    expect((await refusalOf(pin(made.catalogue, [install('app')]))).code).toBe('SOFTWARE_INSTALLER_AMBIGUOUS')
  })
})

describe('what a run pins of profiles', () => {
  const remove = (id: string) => ({ type: 'remove-apps', input: { profile: id } })

  test('is the profile with the hash of its file', async () => {
    const text = profile('Microsoft.People')
    await using made = await testCatalogue({ 'shipped/debloat/office.yaml': text })
    expect((await pin(made.catalogue, [remove('office')])).profiles).toMatchObject([
      { id: 'office', version: sha256(text), profile: { items: [{ name: 'Microsoft.People' }] } },
    ])
  })

  test('is refused when it is unknown, wrong, or takes what Windows needs', async () => {
    await using made = await testCatalogue({ 'shipped/debloat/office.yaml': profile('Microsoft.People') })
    made.put('debloat/wrong.yaml', 'name: a\n')
    made.put('debloat/harsh.yaml', profile('Microsoft.People', 'Microsoft.WindowsStore'))
    expect((await refusalOf(pin(made.catalogue, [remove('offices')]))).fr).toContain('« office »')
    expect((await refusalOf(pin(made.catalogue, [remove('wrong')]))).code).toBe('PROFILE_INVALID')
    expect(await refusalOf(pin(made.catalogue, [remove('harsh')]))).toMatchObject({
      code: 'PROFILE_PROTECTED',
      fr: expect.stringContaining('Microsoft.WindowsStore'),
    })
  })
})

describe('what a check expects of the update level', () => {
  const verify = { type: 'verify', input: {} }
  const update = { type: 'windows-update', input: { offline: false } }

  test('is what the sound packages are named to lead to, the highest of each build, whether the run takes them or not', async () => {
    await using made = await testCatalogue()
    made.put('updates/KB5065426 26100.6584/windows11.0-kb5065426-x64.msu', msu('a'))
    made.put('updates/KB5058411 26100.4061/windows11.0-kb5058411-x64.msu', msu('b'))
    made.put('updates/KB5066791 19045.6456/windows10.0-kb5066791-x64.msu', msu('c'))
    made.put('updates/KB5099999 26100.9999/windows11.0-kb5099999-x64.msu', 'no update at all')
    made.put('updates/KB5088888 26100.8888/windows11.0-kb5088888-arm64.msu', msu('d'))
    made.put('updates/windows11.0-kb5077777-x64.msu', msu('e'))
    const { levels = [], updates } = await pin(made.catalogue, [update, verify])
    expect(updates).toEqual([])
    expect(levels.map(({ build, revision, id }) => `${build}.${revision} ${id}`).toSorted()).toEqual([
      '19045.6456 KB5066791',
      '26100.6584 KB5065426',
    ])
    expect(await pin(made.catalogue, [update])).not.toHaveProperty('levels')
  })

  test('is nothing where no name tells it', async () => {
    await using made = await testCatalogue()
    made.put('updates/windows11.0-kb5077777-x64.msu', msu('e'))
    expect((await pin(made.catalogue, [verify])).levels).toEqual([])
  })
})

describe('what a run pins of drivers', () => {
  const inject = (packs?: unknown) => ({ type: 'inject-drivers', input: packs === undefined ? {} : { packs } })

  test('is what matches the machine’s devices and board, with all that lies beside and below the INF', async () => {
    await using made = await testCatalogue()
    made.put('drivers/NUC/LAN/e2.inf', ethernetInf)
    made.put('drivers/NUC/LAN/x64/e2.sys', 'sys')
    made.put('drivers/NUC/pack.yaml', 'models: [{ manufacturer: Intel, product: NUC }]')
    made.put('drivers/NUC/VGA/g.inf', graphicsInf)
    made.put('drivers/other/g.inf', graphicsInf)
    const found = await pin(made.catalogue, [inject()], { machine: machine([nic]) })
    expect(found.drivers).toMatchObject([
      { pack: 'NUC', infs: ['LAN/e2.inf'], files: [{ path: 'LAN/e2.inf' }, { path: 'LAN/x64/e2.sys' }] },
    ])
    const windows10 = await pin(made.catalogue, [inject()], { machine: machine([nic]), image: { build: '19045.1' } })
    expect(windows10.drivers).toEqual([])
  })

  test('is whole packs when they are named', async () => {
    await using made = await testCatalogue()
    made.put('drivers/NUC/LAN/e2.inf', ethernetInf)
    made.put('drivers/NUC/readme.txt', 'x')
    made.put('drivers/empty/readme.txt', 'x')
    made.put('drivers/wrong/a.inf', ethernetInf)
    made.put('drivers/wrong/pack.yaml', 'models: 1')
    expect((await pin(made.catalogue, [inject(['NUC', 'NUC'])])).drivers).toMatchObject([
      { pack: 'NUC', infs: ['LAN/e2.inf'], files: [{ path: 'LAN/e2.inf' }, { path: 'readme.txt' }] },
    ])
    expect((await refusalOf(pin(made.catalogue, [inject(['NUK'])]))).fr).toContain('« NUC »')
    expect((await refusalOf(pin(made.catalogue, [inject(['empty'])]))).code).toBe('DRIVER_PACK_EMPTY')
    expect((await refusalOf(pin(made.catalogue, [inject(['wrong'])]))).code).toBe('DRIVER_PACK_INVALID')
  })

  test('is nothing when no step takes drivers or the machine has not described itself', async () => {
    await using made = await testCatalogue()
    made.put('drivers/NUC/e2.inf', ethernetInf)
    expect((await pin(made.catalogue, [], { machine: machine([nic]) })).drivers).toEqual([])
    expect((await pin(made.catalogue, [inject()], { machine: { inventory: null } })).drivers).toEqual([])
  })
})

describe('what a run pins of updates', () => {
  const update = (input = {}) => ({ type: 'windows-update', input })

  test('is those that fit its Windows by name, together with what they build on', async () => {
    await using made = await testCatalogue()
    made.put('updates/24H2/windows11.0-kb5043080-x64.msu', msu('checkpoint'))
    made.put('updates/24H2/windows11.0-kb5058411-x64.msu', msu('target'))
    made.put('updates/windows10.0-kb5049981-x64.msu', msu('ten'))
    made.put('updates/windows11.0-kb5050000-arm64.msu', msu('arm'))
    const { updates } = await pin(made.catalogue, [update()])
    expect(updates).toMatchObject([
      {
        ...{ id: 'KB5058411', title: '24H2', file: '24H2/windows11.0-kb5058411-x64.msu' },
        files: [{ sha256: sha256(msu('checkpoint')) }, { sha256: sha256(msu('target')) }],
      },
    ])
    expect(
      (await pin(made.catalogue, [update()], { image: { build: '19045.5965' } })).updates.map(({ id }) => id),
    ).toEqual(['KB5049981'])
    expect((await pin(made.catalogue, [update()], { image: null })).updates).toHaveLength(2)
    expect((await pin(made.catalogue, [update({ offline: false })])).updates).toEqual([])
  })
})

describe('a damaged update', () => {
  test('says what it is, and no run takes it', async () => {
    await using made = await testCatalogue()
    made.put('updates/windows11.0-kb5058411-x64.msu', '<html>404</html')
    made.put('updates/windows11.0-kb5060000-x64.msu', msu('sound'))
    const { updates } = await made.catalogue.updates()
    expect(updates.map(({ id, problems }) => [id, problems.map(({ code }) => code)])).toEqual([
      ['KB5058411', ['FILE_ANOTHER_KIND']],
      ['KB5060000', []],
    ])
    const pinned = await pin(made.catalogue, [{ type: 'windows-update', input: {} }])
    expect(pinned.updates.map(({ id }) => id)).toEqual(['KB5060000'])
  })
})

describe('a pinned file', () => {
  test('is found by its content as long as its size fits, whatever kind it is', async () => {
    await using made = await testCatalogue()
    made.put('software/tool/manifest.yaml', manifest('Outil'))
    made.put('software/tool/setup.msi', msi('installer'))
    made.put('updates/a-kb5000000-x64.msu', msu('update'))
    made.put('drivers/NUC/e2.inf', ethernetInf)
    const steps = [
      install('tool'),
      { type: 'windows-update', input: {} },
      { type: 'inject-drivers', input: { packs: ['NUC'] } },
    ]
    const materials = await pin(made.catalogue, steps)
    const find = (content: string | Buffer) => made.catalogue.materialPath(sha256(content), materials)
    expect(await find(msi('installer'))).toEqual({ path: join(made.dataDir, 'software/tool/setup.msi'), sizeBytes: 17 })
    expect(await find(msu('update'))).toMatchObject({ path: join(made.dataDir, 'updates/a-kb5000000-x64.msu') })
    expect(await find(ethernetInf)).toMatchObject({ path: join(made.dataDir, 'drivers/NUC/e2.inf') })
    expect(await find('something else')).toBeNull()
    made.put('software/tool/setup.msi', msi('another installer'))
    expect(await find(msi('installer'))).toBeNull()
    rmSync(join(made.dataDir, 'updates/a-kb5000000-x64.msu'))
    expect(await find(msu('update'))).toBeNull()
  })

  test('is read again when its time or size changes, and not otherwise', async () => {
    await using made = await testCatalogue()
    const path = join(made.dataDir, 'updates/a-kb5000000-x64.msu')
    made.put('updates/a-kb5000000-x64.msu', msu('one'))
    utimesSync(path, 1000, 1000)
    const hash = async () =>
      (await pin(made.catalogue, [{ type: 'windows-update', input: {} }])).updates[0]?.files[0]?.sha256
    expect(await hash()).toBe(sha256(msu('one')))
    made.put('updates/a-kb5000000-x64.msu', msu('two'))
    utimesSync(path, 1000, 1000)
    expect(await hash()).toBe(sha256(msu('one')))
    utimesSync(path, 2000, 2000)
    expect(await hash()).toBe(sha256(msu('two')))
  })
})
