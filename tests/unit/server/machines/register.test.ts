import type { NetworkInterfaceInfo } from 'node:os'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { windowsInventory } from '../../../../agent/windows/inventory.ts'
import { codeAlphabet, makeCode } from '../../../../server/machines/code.ts'
import { openStore } from '../../../../server/store/store.ts'
import { after, inventory, noon } from '../deployments/sample.ts'
import { openWorkshop, type Workshop } from '../deployments/workshop.ts'

let workshop: Workshop
beforeEach(async () => {
  workshop = await openWorkshop(await openStore({ url: null, file: ':memory:' }))
})
afterEach(() => workshop.close())

const bare = { uuid: '03000200-0400-0500-0006-000700080009', serial: 'To be filled by O.E.M.' }

test('a machine is made at first sight, with a code for its screen and a stock record', async () => {
  const { machine, isNew } = await workshop.register.meet(inventory(), noon)
  expect(isNew).toBe(true)
  expect(machine.code).toMatch(new RegExp(`^[${codeAlphabet}]{4}$`))
  expect(machine).toMatchObject({ serial: 'GENU1234', product: 'NUC11TNHi5', macs: ['1c:69:7a:00:00:01'], name: null })
  expect(await workshop.stock.forMachine(machine.id)).toMatchObject({ state: 'assembled' })
})

test('a bare box is received, and assembled once memory and disk are in it', async () => {
  const { machine } = await workshop.register.meet(inventory({ disks: 0 }), noon)
  expect(await workshop.stock.forMachine(machine.id)).toMatchObject({ state: 'received' })
  await workshop.register.meet(inventory(), after(60))
  expect(await workshop.stock.forMachine(machine.id)).toMatchObject({
    state: 'assembled',
    sentence: { en: 'Memory and internal disk are fitted.' },
  })
})

test('a machine that comes again keeps its name and code, and its inventory is the new one', async () => {
  const { machine } = await workshop.register.meet(inventory(), noon)
  await workshop.register.rename(machine.id, ' Comptoir ')
  const again = await workshop.register.meet(inventory({ memory: 32 * 2 ** 30 }), after(60))
  expect(again).toMatchObject({
    isNew: false,
    conflicts: [],
    machine: { id: machine.id, name: 'Comptoir', code: machine.code, lastSeenAt: after(60) },
  })
  expect((await workshop.register.described(machine.id))?.inventory?.memory.totalBytes).toBe(32 * 2 ** 30)
  expect((await workshop.register.get(machine.id))?.hardware?.memoryBytes).toBe(32 * 2 ** 30)
})

test('ten bare boards with filler everywhere are ten machines, each known again by its own card', async () => {
  const boards = Array.from({ length: 10 }, (_, index) => inventory({ ...bare, macs: [`1c:69:7a:00:01:0${index}`] }))
  for (const board of boards) await workshop.register.meet(board, noon)
  for (const board of boards) expect((await workshop.register.meet(board, after(9))).isNew).toBe(false)
  expect(await workshop.register.list()).toHaveLength(10)
})

test('ten machines met at the same moment are ten machines; one machine that says hello twice at once is one', async () => {
  const met = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      workshop.register.meet(inventory({ ...bare, macs: [`1c:69:7a:00:01:0${index % 5}`] }), noon),
    ),
  )
  expect(new Set(met.map(({ machine }) => machine.id)).size).toBe(5)
})

test('a network card that has moved answers for the machine it is in now', async () => {
  const one = await workshop.register.meet(inventory({ macs: ['1c:69:7a:00:00:01', '1c:69:7a:00:00:0a'] }), noon)
  const other = inventory({
    uuid: '1b2c3d4e-0042-3510-8057-b4c04f4d9999',
    serial: 'GENU9999',
    macs: ['1c:69:7a:00:00:0a'],
  })
  const two = await workshop.register.meet(other, after(1))
  expect(two.isNew).toBe(true)
  expect((await workshop.register.find({ uuid: null, mac: '1c:69:7a:00:00:0a' }))?.id).toBe(two.machine.id)
  expect((await workshop.register.get(one.machine.id))?.macs).toEqual(['1c:69:7a:00:00:01'])
})

test('a batch of boards with one UUID is reported, not merged', async () => {
  const one = await workshop.register.meet(inventory({ serial: null }), noon)
  const two = await workshop.register.meet(inventory({ serial: null, macs: ['1c:69:7a:00:00:02'] }), noon)
  expect(two.isNew).toBe(true)
  expect(two.conflicts.map(({ id }) => id)).toEqual([one.machine.id])
  expect((await workshop.register.meet(inventory({ serial: null }), after(9))).machine.id).toBe(one.machine.id)
})

test('machines are known again after a restart of the server', async () => {
  const { machine } = await workshop.register.meet(inventory(), noon)
  const restarted = await workshop.restart()
  expect(await restarted.register.find({ uuid: machine.uuid, mac: machine.macs[0] ?? null })).toEqual(machine)
  expect((await restarted.register.meet(inventory(), after(9))).isNew).toBe(false)
})

test('a name is refused when it is none, and for a machine that is not there', async () => {
  const { machine } = await workshop.register.meet(inventory(), noon)
  await expect(workshop.register.rename(machine.id, '  ')).rejects.toMatchObject({ code: 'MACHINE_NAME_INVALID' })
  await expect(workshop.register.rename('nobody', 'x')).rejects.toMatchObject({ code: 'MACHINE_UNKNOWN' })
})

describe('from Windows', () => {
  const card = (mac: string, address: string) => ({ mac, address, family: 'IPv4' as const, internal: false })
  const fromWindows = (shown: ReturnType<typeof card>[]) => {
    const { system, networkInterfaces } = inventory()
    const macs = networkInterfaces.map(({ mac }) => mac)
    return windowsInventory(
      { id: 'x', uuid: system.uuid, serial: system.serial, macs },
      {
        networkInterfaces: Object.fromEntries(
          shown.map((one) => [one.mac, [{ ...one, netmask: '', cidr: null, scopeid: 0 } as NetworkInterfaceInfo]]),
        ),
        totalBytes: 17_000_000_000,
        processors: [{ model: 'i5' }],
      },
    )
  }

  test('the hardware the environment has read stays, only addresses are new', async () => {
    const { machine } = await workshop.register.meet(inventory(), noon)
    const shown = [card('1c:69:7a:00:00:01', '10.0.0.77'), card('00:15:5d:01:02:03', '172.16.0.1')]
    const again = await workshop.register.meet(fromWindows(shown), after(60), 'windows')
    expect(again).toMatchObject({ isNew: false, conflicts: [] })
    const known = inventory()
    const networkInterfaces = known.networkInterfaces.map((one) => ({ ...one, address: '10.0.0.77' }))
    expect(again.machine).toEqual({ ...machine, lastSeenAt: after(60) })
    const described = await workshop.register.described(machine.id)
    expect(described).toEqual({ ...again.machine, inventory: { ...known, networkInterfaces } })
  })

  test('a machine nobody has met in the environment is what Windows says, until it is', async () => {
    const { machine } = await workshop.register.meet(fromWindows([]), noon, 'windows')
    expect(machine).toMatchObject({ product: null, serial: 'GENU1234', hardware: { disks: [] } })
    expect(await workshop.stock.forMachine(machine.id)).toMatchObject({ state: 'received' })
    await workshop.register.meet(inventory(), after(1))
    expect(await workshop.register.get(machine.id)).toMatchObject({ product: 'NUC11TNHi5' })
  })
})

test('changes are told', async () => {
  const told: Array<string | null> = []
  const stop = workshop.register.onChange(({ name }) => told.push(name))
  const { machine } = await workshop.register.meet(inventory(), noon)
  await workshop.register.rename(machine.id, 'A')
  stop()
  await workshop.register.rename(machine.id, 'B')
  expect(told).toEqual([null, 'A'])
})

describe('a short code', () => {
  test('is one that no other machine has', () => {
    const numbers = [0, 0, 0, 0, 0, 0, 0, 1]
    const random = () => numbers.shift() ?? 2
    expect(makeCode(new Set(['CCCC']), random)).toBe('CCCD')
  })

  test('is not made when all are taken, rather than never', () => {
    expect(() => makeCode(new Set(['CCCC']), () => 0)).toThrow(/no free short code/)
  })
})
