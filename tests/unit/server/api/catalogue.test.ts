import { msi, msu } from '../../../installer-files.ts'
import { createHash, randomBytes } from 'node:crypto'
import { tlsFetch } from '../../../machine/tls-request.ts'
import { existsSync, mkdirSync, readFileSync, writeFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Value } from 'typebox/value'
import {
  DriverCoverageView,
  DriverPackList,
  ProfileList,
  SoftwareList,
  UpdateList,
} from '../../../../server/api/catalogue/schema.ts'
import { materialPathOf } from '../../../../agent/protocol/paths.ts'
import { ethernetInf } from '../../images/inf/infs.ts'
import { manifest, profile } from '../catalogue/test-catalogue.ts'
import { nucInventory, startAgent } from './agent-driver.ts'
import { ask, openWorkshop, putImage, signIn, type Workshop } from './workshop.ts'

let workshop: Workshop
let token: string
let machineId: string

const inventory = nucInventory(30)
inventory.devices = [
  {
    ...{ bus: 'pci', address: '0000:56:00.0', deviceClass: '0200', description: null, driver: 'igc' },
    hardwareId: 'PCI\\VEN_8086&DEV_15F3&SUBSYS_30040000&REV_03',
  },
  {
    ...{ bus: 'pci', address: '0000:00:0e.0', deviceClass: '0104', description: null, driver: 'vmd' },
    hardwareId: 'PCI\\VEN_8086&DEV_9A0B',
  },
]

beforeAll(async () => {
  workshop = await openWorkshop({
    prepare(dataDir) {
      const put = (path: string, content: string | Buffer): void => {
        mkdirSync(dirname(join(dataDir, path)), { recursive: true })
        writeFileSync(join(dataDir, path), content)
      }
      putImage(dataDir, 'win11')
      put('software/tool/manifest.yaml', manifest('Outil'))
      put('software/wrong/manifest.yaml', 'name: a\n')
      put('drivers/NUC11/LAN/e2.inf', ethernetInf)
      put('drivers/NUC11/pack.yaml', 'models: [{ manufacturer: Intel Corporation, product: NUC11TNBi5 }]\n')
      put('drivers/setup.exe', 'x')
      put('updates/24H2 26100.4061/windows11.0-kb5043080-x64.msu', msu('checkpoint'))
      put('updates/24H2 26100.4061/windows11.0-kb5058411-x64.msu', msu('target'))
      put('updates/note.doc', 'x')
      put('debloat/ours.yaml', profile('Microsoft.People'))
      put(
        'sequences/tool.yaml',
        'name: Outil\nenvironment:\n  - check-hardware: {}\nwindows:\n  - install-software: { package: tool }\n',
      )
    },
  })
  token = await signIn(workshop)
  machineId = (await startAgent(workshop, 30, 'boot-of-30', inventory)).welcome.machineId
})
afterAll(() => workshop.close())

const get = (path: string) => ask<{ items: unknown[] }>(workshop, 'GET', `/api${path}`, { token })

describe('the catalogue beside images', () => {
  test('lists software with its state, where it goes and what it lacks', async () => {
    const { body } = await get('/software')
    expect(Value.Errors(SoftwareList, body)).toEqual([])
    const folder = join(workshop.dataDir, 'software')
    expect(body).toMatchObject({ folder })
    expect(body.items).toContainEqual(
      expect.objectContaining({
        ...{ id: 'teamviewer-host', origin: 'shipped', state: 'installer-missing', shortcut: 'TeamViewer' },
        ...{ folder: join(folder, 'teamviewer-host'), secrets: ['teamviewerAssignment'], files: 0 },
        usedBy: expect.arrayContaining(['NUC, Windows 11 Pro']),
        installer: { kind: 'msi', file: 'TeamViewer_Host.msi', found: null },
        reports: [{ fr: 'Identifiant TeamViewer', en: 'TeamViewer ID' }],
      }),
    )
    expect(body.items).toContainEqual(
      expect.objectContaining({ id: 'wrong', state: 'invalid', source: null, installer: null }),
    )
  })

  test('lists driver packs with the models they serve, and what lies beside them', async () => {
    const { body } = await get('/driver-packs')
    expect(Value.Errors(DriverPackList, body)).toEqual([])
    expect(body).toMatchObject({
      items: [
        {
          ...{ name: 'NUC11', infs: 1, deviceIds: 4, newest: '2024-03-21', files: 1, problems: [], remarkCount: 0 },
          serves: [{ product: 'NUC11TNHi5', devices: 1 }],
        },
      ],
      strays: [{ path: 'setup.exe' }],
    })
  })

  test('lists updates with what they lie together with, and profiles with their reasons', async () => {
    const updates = (await get('/updates')).body
    expect(Value.Errors(UpdateList, updates)).toEqual([])
    expect(updates).toMatchObject({
      items: [
        {
          ...{
            id: 'KB5058411',
            title: '24H2 26100.4061',
            windows: 11,
            architecture: 'x64',
            usable: true,
            sizeBytes: 32,
          },
          builds: ['26100.4061'],
        },
      ],
      strays: [{ path: 'note.doc' }],
    })
    const profiles = (await get('/debloat-profiles')).body
    expect(Value.Errors(ProfileList, profiles)).toEqual([])
    expect(profiles.items).toContainEqual(
      expect.objectContaining({
        id: 'ours',
        origin: 'own',
        items: [expect.objectContaining({ name: 'Microsoft.People' })],
      }),
    )
  })

  test('tells of a machine which device gets which driver, and how to get out of RAID mode', async () => {
    const { body } = await get(`/machines/${machineId}/drivers?imageId=win11`)
    expect(Value.Errors(DriverCoverageView, body)).toEqual([])
    expect(body).toMatchObject({
      ...{ windows: { build: 26_100, image: 'Windows win11' }, known: true, packs: 1 },
      items: [
        { address: '0000:00:0e.0', state: 'nobody' },
        {
          address: '0000:56:00.0',
          state: 'driver',
          driver: { fr: expect.stringContaining('NUC11/LAN/e2.inf 2.1.4.3') },
        },
      ],
      storage: [expect.anything(), expect.anything(), expect.anything()],
    })
    expect((await get(`/machines/${machineId}/drivers`)).body).toMatchObject({ windows: { image: 'Windows win11' } })
    expect((await get(`/machines/${machineId}/drivers?imageId=none`)).status).toBe(404)
    expect((await get('/machines/none/drivers')).status).toBe(404)
  })

  test('is for people who have signed in', async () => {
    for (const path of ['/software', '/driver-packs', '/updates', '/debloat-profiles'])
      expect((await ask(workshop, 'GET', `/api${path}`)).status).toBe(401)
  })
})

describe('an installer', () => {
  const bytes = msi(randomBytes(199_996).toString('hex'))
  const send = (name: string, query: string, raw: Buffer, id = 'tool') =>
    ask<Record<string, unknown>>(workshop, 'PUT', `/api/software/${id}/files/${encodeURIComponent(name)}?${query}`, {
      token,
      raw: new Uint8Array(raw),
      headers: { 'content-type': 'application/octet-stream' },
    })
  const start = () =>
    ask(workshop, 'POST', '/api/deployments', { token, json: { machineIds: [machineId], sequenceId: 'tool' } })

  test('that is missing keeps the run from starting, and says where to get it', async () => {
    expect(await start()).toMatchObject({
      status: 422,
      body: { code: 'SOFTWARE_INSTALLER_MISSING', fix: 'Chez l’éditeur' },
    })
  })

  test('is taken in pieces, and is there only when it is whole', async () => {
    const half = bytes.length / 2
    expect(await send('setup.msi', `size=${bytes.length}`, bytes.subarray(0, half))).toMatchObject({
      status: 200,
      body: { receivedBytes: half, sizeBytes: bytes.length },
    })
    expect((await get('/software/tool/files/setup.msi')).body).toEqual({ receivedBytes: half })
    expect(existsSync(join(workshop.dataDir, 'software/tool/setup.msi'))).toBe(false)
    expect((await start()).status).toBe(422)
    const wrong = await send('setup.msi', `size=${bytes.length}&offset=5`, bytes.subarray(half))
    expect([wrong.status, wrong.body['code']]).toEqual([409, 'UPLOAD_OFFSET'])
    await send('setup.msi', `size=${bytes.length}&offset=${half}`, bytes.subarray(half))
    expect(readFileSync(join(workshop.dataDir, 'software/tool/setup.msi')).equals(bytes)).toBe(true)
    expect((await get('/software')).body.items).toContainEqual(
      expect.objectContaining({ id: 'tool', state: 'ready', sizeBytes: bytes.length }),
    )
  })

  test('that two people send at once is one of the two, whole, at every moment', async () => {
    const file = join(workshop.dataDir, 'software/tool/two.msi')
    const [one, two] = [randomBytes(300_000), randomBytes(200_000)]
    const part = (bytes: Buffer, upload: string, from: number, to: number) =>
      send('two.msi', `size=${bytes.length}&offset=${from}&upload=${upload}`, bytes.subarray(from, to))
    await part(one, 'a', 0, 100_000)
    await part(two, 'b', 0, 150_000)
    expect((await get('/software/tool/files/two.msi?upload=a')).body).toEqual({ receivedBytes: 100_000 })
    expect((await part(one, 'a', 100_000, 300_000)).body).toEqual({ receivedBytes: 300_000, sizeBytes: 300_000 })
    expect(readFileSync(file).equals(one)).toBe(true)
    await part(two, 'b', 150_000, 200_000)
    expect(readFileSync(file).equals(two)).toBe(true)
    rmSync(file)
  })

  test('that one page sends by several requests at once is never a fragment', async () => {
    const file = join(workshop.dataDir, 'software/tool/many.msi')
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => send('many.msi', `size=${bytes.length}&upload=c`, bytes).catch(() => null)),
    )
    expect(answers.some((answer) => answer?.status === 200)).toBe(true)
    expect(readFileSync(file).equals(bytes)).toBe(true)
    rmSync(file)
  })

  test('goes nowhere but into its package’s folder, and not past its size', async () => {
    for (const name of ['../x.msi', '..', 'manifest.yaml', '.hidden', 'a:b.msi', 'nul'])
      expect((await send(name, 'size=3', Buffer.from('abc'))).status, name).toBeGreaterThanOrEqual(400)
    expect((await send('a.msi', 'size=3', Buffer.from('abc'), '..%2Fimages')).status).toBe(422)
    expect((await send('a.msi', 'size=3', Buffer.from('abcd'))).body['code']).toBe('UPLOAD_TOO_LARGE')
    expect((await send('a.msi', `size=${9e9}`, Buffer.from('a'))).body['code']).toBe('SOFTWARE_FILE_TOO_LARGE')
    expect((await send('a.msi', 'offset=0', Buffer.from('a'))).status).toBe(400)
    expect(existsSync(join(workshop.dataDir, 'images/a.msi'))).toBe(false)
  })

  test('reaches the machine by its hash, with the run’s token only', async () => {
    const started = await start()
    expect(started).toMatchObject({
      status: 201,
      body: { items: [{ materials: { software: [{ id: 'tool', name: 'Outil' }], drivers: [], sizeBytes: 400_000 } }] },
    })
    const step = await (await startAgent(workshop, 30, 'boot-of-30', inventory)).step()
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const material = `${workshop.tls.url}${materialPathOf(sha256)}`
    const answer = await tlsFetch(material, { headers: { authorization: `Bearer ${step.token}` } })
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
    expect((await tlsFetch(material, { headers: { authorization: `Bearer ${token}` } })).status).toBe(403)
    // An installer that was replaced meanwhile is not served in its place.
    writeFileSync(join(workshop.dataDir, 'software/tool/setup.msi'), msi('another'))
    expect((await tlsFetch(material, { headers: { authorization: `Bearer ${step.token}` } })).status).toBe(404)
  })
})
