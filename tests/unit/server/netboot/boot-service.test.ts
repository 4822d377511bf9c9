import { describe, expect, test } from 'vitest'
import { createPresenceTracker } from '../../../../server/machines/presence.ts'
import type { Register } from '../../../../server/machines/register.ts'
import type { Machine } from '../../../../server/machines/machine.ts'
import { createAddressBook } from '../../../../server/netboot/addresses.ts'
import { createCardUsers } from '../../../../server/netboot/card-users.ts'
import { createBootService } from '../../../../server/netboot/boot-service.ts'
import { createBootProgress } from '../../../../server/netboot/boot-progress.ts'
import { createLoaderConnections } from '../../../../server/netboot/loader-connections.ts'
import { createNewcomers } from '../../../../server/netboot/newcomers.ts'
import { traceOfMachine } from '../../../../server/netboot/machine-trace.ts'
import { createBootTrace } from '../../../../server/netboot/trace.ts'
import type { BootIntent } from '../../../../server/netboot/intent.ts'

const mac = '1c:69:7a:00:00:01'
const machine: Machine = {
  ...{ id: 'm', code: 'AB2C', name: null, uuid: null, serial: null, manufacturer: null, product: null, macs: [mac] },
  ...{ firstSeenAt: new Date(0), lastSeenAt: new Date(0), hardware: null },
}
const reason = { fr: 'parce que', en: 'because' }

function openService(find: Register['find'], intent: BootIntent = { intent: 'environment', reason }) {
  const now = (): Date => new Date()
  const trace = createBootTrace({ now, entriesPerRequester: 10, requesters: 10 })
  const presence = createPresenceTracker(now)
  const addresses = createAddressBook(10)
  const cards = createCardUsers(10)
  const newcomers = createNewcomers({ now, elapsedMs: () => performance.now(), kept: 10, shown: 5 })
  const errors: unknown[] = []
  const onError = (error: unknown): number => errors.push(error)
  const register = { find }
  const service = createBootService({
    ...{ register, addresses, onError },
    cards,
    policy: { intentOf: async () => intent },
    progress: createBootProgress({
      ...{ trace, presence, register, newcomers, addresses, cards, onError },
      onNewcomer: () => undefined,
    }),
    serverAddress: '10.0.0.2',
    connections: createLoaderConnections(),
    timeoutMs: 30,
  })
  const traceOf = (one: Machine) => traceOfMachine(one, { trace, register })
  return { service, traceOf, presence, newcomers, addresses, errors }
}

const request = { kind: 'pxe', mac, architecture: 7, userClass: [], address: '10.0.0.51' } as const
const loader = { kind: 'boot', server: '10.0.0.2', file: 'shimx64.efi' }

test('gives firmware its loader though the database does not answer, and no intent when it takes too long', async () => {
  const { service } = openService(() => new Promise(() => undefined))
  expect(service.bootFor(request)).toEqual(loader)
  expect(await service.intentOf({ uuid: null, mac })).toBeNull()
})

test('gives firmware its loader though the database has failed, and says so in the log when GRUB asks', async () => {
  const { service, errors } = openService(() => Promise.reject(new Error('disk full')))
  expect(service.bootFor(request)).toEqual(loader)
  expect(await service.intentOf({ uuid: null, mac })).toBeNull()
  expect(errors).toHaveLength(1)
})

test('records why a machine gets no answer, and its card says so until it asks again with success', async () => {
  const { service, traceOf, presence } = openService(async () => machine)
  expect(service.bootFor({ ...request, architecture: 0 })).toMatchObject({ kind: 'silent' })
  expect(await traceOf(machine)).toMatchObject([
    { protocol: 'dhcp', text: { fr: expect.stringContaining('UEFI') }, outcome: 'refused' },
  ])
  expect(presence.of('m')).toMatchObject({ kind: 'refused', reason: { en: expect.stringContaining('BIOS mode') } })
  service.dhcpEvent({ type: 'offered', mac, address: '10.0.0.51', client: 'pxe', boot: 'shimx64.efi' })
  await new Promise((resolve) => setImmediate(resolve))
  expect(presence.of('m')).toMatchObject({ kind: 'booting', doing: 'dhcp' })
})

test('knows whose TFTP transfer it is by the address DHCP gave, and moves the card', async () => {
  const { service, traceOf, presence } = openService(async () => machine)
  service.bootFor(request)
  service.dhcpEvent({ type: 'acknowledged', mac, address: '10.0.0.51', client: 'pxe', boot: 'shimx64.efi' })
  await new Promise((resolve) => setImmediate(resolve))
  expect(presence.of('m')).toMatchObject({ kind: 'booting', doing: 'dhcp' })
  const client = { address: '10.0.0.51', port: 2070 }
  const figures = { bytes: 1000, ms: 12.3, retransmits: 0, options: [] }
  service.tftpEvent({ type: 'completed', client, file: '/shimx64.efi', ...figures })
  service.tftpEvent({
    type: 'completed',
    client: { ...client, address: '10.0.0.99' },
    file: '/shimx64.efi',
    ...figures,
  })
  await new Promise((resolve) => setImmediate(resolve))
  expect(presence.of('m')).toMatchObject({ doing: 'loader' })
  expect((await traceOf(machine)).map(({ protocol }) => protocol)).toEqual(['dhcp', 'tftp'])
})

test('does not take the environment’s own DHCP request for a new start of the machine', async () => {
  const { service, presence } = openService(async () => machine)
  presence.signal('m', { kind: 'boot', doing: 'kernel' })
  service.bootFor({ ...request, kind: 'environment' })
  service.dhcpEvent({ type: 'acknowledged', mac, address: '10.0.0.51', client: 'environment' })
  await new Promise((resolve) => setImmediate(resolve))
  expect(presence.of('m')).toMatchObject({ doing: 'kernel' })
})

describe('through one dock', () => {
  const dock = '00:e0:4c:68:99:99'
  const uuids = { a: '4c4c4544-0042-3510-8057-b4c04f4d3332', b: '1b2c3d4e-0042-3510-8057-b4c04f4d9999' }
  const [a, b] = (['a', 'b'] as const).map((id): Machine => ({ ...machine, id, uuid: uuids[id], macs: [] }))
  const byUuid = async ({ uuid }: { uuid: string | null }) => [a, b].find((one) => one?.uuid === uuid) ?? null

  test('each machine has its own trace and presence: the loader names no UUID, DHCP did', async () => {
    const { service, traceOf, presence } = openService(byUuid)
    const load = async (uuid: string): Promise<void> => {
      service.dhcpRequest({ kind: 'pxe', mac: dock, uuid })
      service.bootFor({ ...request, mac: dock, uuid })
      const client = { address: request.address, port: 2070 }
      const figures = { bytes: 1000, ms: 12.3, retransmits: 0, options: [] }
      service.tftpEvent({ type: 'completed', client, file: '/shimx64.efi', ...figures })
      await new Promise((resolve) => setImmediate(resolve))
    }
    await load(uuids.a)
    expect(presence.of('b').kind).toBe('absent')
    await load(uuids.b)
    await load(uuids.b)
    if (!a || !b) throw new Error('there are two machines')
    expect(await traceOf(a)).toHaveLength(1)
    expect(await traceOf(b)).toHaveLength(2)
    expect(presence.of('b')).toMatchObject({ kind: 'booting', doing: 'loader' })
  })

  test('a machine whose firmware tells no UUID is not taken for the one before it', async () => {
    const { service, traceOf } = openService(byUuid)
    service.dhcpRequest({ kind: 'pxe', mac: dock, uuid: uuids.a })
    service.dhcpRequest({ kind: 'environment', mac: dock })
    service.bootFor({ ...request, mac: dock, architecture: 0 })
    service.dhcpRequest({ kind: 'pxe', mac: dock })
    service.bootFor({ ...request, mac: dock, architecture: 0 })
    if (!a) throw new Error('there are two machines')
    expect(await traceOf(a)).toHaveLength(1)
  })
})

describe('who is no machine', () => {
  const nobody = async () => null
  const listed = async ({ newcomers }: ReturnType<typeof openService>) => {
    await new Promise((resolve) => setImmediate(resolve))
    const shown = newcomers.list().shown.toSorted((a, b) => (a.mac < b.mac ? -1 : 1))
    return shown.map((one) => [one.mac, one.address, one.last.outcome, one.last.text.en])
  }

  test('is listed with what firmware was refused, damaged requests and other networks too', async () => {
    const opened = openService(nobody)
    const { service } = opened
    service.dhcpRequest({ kind: 'pxe', mac })
    service.bootFor({ ...request, architecture: 0 })
    service.dhcpEvent({ type: 'ignored', mac, client: 'pxe', reason: 'boot-silent' })
    service.dhcpRequest({ kind: 'pxe', mac: 'b' })
    service.dhcpEvent({ type: 'ignored', mac: 'b', client: 'pxe', reason: 'unknown-relay-network' })
    service.dhcpEvent({ type: 'malformed', from: '0.0.0.0', offset: 280, field: 'options', mac: 'c', client: 'pxe' })
    expect(await listed(opened)).toEqual([
      [mac, null, 'refused', expect.stringContaining('BIOS mode')],
      ['b', null, 'refused', expect.stringContaining('another network')],
      ['c', null, 'refused', expect.stringContaining('damaged (options, byte 280)')],
    ])
  })

  test('is listed with its address while it loads, and gone once it is known', async () => {
    let met: Machine | null = null
    const opened = openService(async () => met)
    const { service } = opened
    service.dhcpRequest({ kind: 'pxe', mac })
    service.bootFor(request)
    service.dhcpEvent({ type: 'acknowledged', mac, address: '10.0.0.51', client: 'pxe', boot: 'shimx64.efi' })
    expect(await listed(opened)).toEqual([[mac, '10.0.0.51', 'ok', expect.stringContaining('Took 10.0.0.51')]])
    const doing = () => opened.newcomers.list().shown.map((one) => one.doing)
    expect(doing()).toEqual(['dhcp'])
    const client = { address: '10.0.0.51', port: 1024 }
    service.tftpEvent({
      type: 'completed',
      client,
      file: '/shimx64.efi',
      bytes: 900_000,
      ms: 800,
      retransmits: 0,
      options: [],
    })
    await listed(opened)
    expect(doing()).toEqual(['loader'])
    met = machine
    service.dhcpEvent({ type: 'acknowledged', mac, address: '10.0.0.51', client: 'environment' })
    expect(await listed(opened)).toEqual([])
  })

  test('does not include phones and installed systems, though they decline addresses', async () => {
    const opened = openService(nobody)
    const { service } = opened
    service.dhcpRequest({ kind: 'other', mac })
    service.bootFor({ ...request, kind: 'other' })
    service.dhcpEvent({ type: 'acknowledged', mac, address: '10.0.0.51', client: 'other' })
    service.dhcpEvent({ type: 'declined', mac, address: '10.0.0.51' })
    service.dhcpEvent({ type: 'taken', mac, address: '10.0.0.51', holder: 'b' })
    service.dhcpEvent({ type: 'malformed', from: '0.0.0.0', offset: 280, field: 'options', mac: 'c', client: 'other' })
    expect(await listed(opened)).toEqual([])
  })
})
