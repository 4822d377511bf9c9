import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Inventory } from '../../agent/protocol/inventory.ts'
import type { MachineView, TraceEntry } from '../../server/api/machines/schema.ts'
import type { NewcomerListView } from '../../server/api/netboot/schema.ts'
import { canRun } from '../machine/requirements.ts'
import { nucInventory, startAgent, type AgentDriver } from '../unit/server/api/agent-driver.ts'
import { ask, disksSeen } from '../unit/server/api/workshop.ts'
import { obstacleToWire } from './dhcp/wire.ts'
import { openNetbootBench, type NetbootBench } from './netboot/bench.ts'
import { loadKernel, startFromNetwork } from './netboot/firmware.ts'

const sequences = {
  look: 'name: Regarder\nenvironment:\n  - check-hardware: {}\n',
  windows: `name: Windows
environment:
  - partition-disk: { disk: only }
  - apply-image: { image: win11 }
  - prepare-windows: {}
  - restart: {}
windows:
  - windows-update: {}
`,
}

const obstacle = obstacleToWire(['ip', 'udhcpc', 'curl', 'socat'])

/** One dock that goes from PC to PC: one network card on the wire, and a PC behind it that names itself. */
describe.runIf(canRun('PCs behind a dock', obstacle))('through one dock', () => {
  let bench: NetbootBench
  beforeAll(async () => {
    bench = await openNetbootBench(sequences)
    for (const dock of ['dock', 'adapter']) bench.wire.addHost(dock)
  }, 60_000)
  afterAll(() => bench?.close())

  const uuidOf = (number: number): string => nucInventory(number).system.uuid ?? ''
  /** PC number so-and-so with the dock plugged in, as the environment reads it. */
  const docked = (number: number): Inventory => {
    const inventory = nucInventory(number)
    const card = { name: 'enx0', mac: bench.wire.macOf('dock'), driver: 'r8152', bus: 'usb' as const }
    const dock = { ...card, speedMbps: 1000, address: null, wireless: false }
    return { ...inventory, networkInterfaces: [...inventory.networkInterfaces, dock] }
  }
  const meet = (number: number): Promise<AgentDriver> => startAgent(bench.workshop, number, undefined, docked(number))
  const api = async <T>(method: string, path: string, json?: unknown): Promise<T> => {
    const { token } = bench
    const { status, body } = await ask<T>(
      bench.workshop,
      method,
      path,
      json === undefined ? { token } : { token, json },
    )
    if (status >= 400) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`)
    return body
  }
  const machine = (id: string): Promise<MachineView> => api('GET', `/api/machines/${id}`)
  const assign = async (machineId: string, sequenceId: string) => {
    const seen = await disksSeen(bench.workshop, bench.token, machineId)
    return api('POST', '/api/deployments', { machineIds: [machineId], sequenceId, disksSeen: seen })
  }
  const deliver = async (machineId: string): Promise<void> => {
    const { recordId } = await machine(machineId)
    for (const to of ['attention', 'checking', 'ready', 'delivered'])
      await api('POST', `/api/stock/${recordId}/transitions`, { to, reason: 'essai', override: true })
  }
  const askedBy = async (id: string): Promise<string[]> => {
    const { items } = await api<{ items: TraceEntry[] }>('GET', `/api/machines/${id}/trace`)
    return items.filter(({ protocol }) => protocol !== 'agent').map(({ text }) => text.en)
  }
  const start = (number: number, host = 'dock', grubKnowsUuid = true): Promise<string> =>
    startFromNetwork(bench.wire, host, { uuid: uuidOf(number), grubKnowsUuid })
  const isEnvironment = (configuration: string): boolean => configuration.includes('/vmlinuz')

  test('each of two PCs gets its own intent, presence and trace, whichever used the dock before', async () => {
    const a = (await meet(1)).welcome.machineId
    const b = (await meet(2)).welcome.machineId
    expect((await machine(a)).macs).toEqual([nucInventory(1).networkInterfaces[0]?.mac])
    await assign(a, 'look')
    await deliver(b)

    expect(isEnvironment(await start(1))).toBe(true)
    await loadKernel(bench.wire, 'dock')
    expect((await machine(a)).presence).toMatchObject({ kind: 'booting', doing: 'kernel' })
    expect((await machine(b)).presence).toMatchObject({ kind: 'present' })
    expect(await askedBy(b)).toEqual([])

    expect(isEnvironment(await start(2))).toBe(false)
    expect((await machine(b)).presence).toMatchObject({ kind: 'booting', doing: 'loader' })
    expect((await machine(a)).presence).toMatchObject({ kind: 'booting', doing: 'kernel' })
    expect(isEnvironment(await start(1))).toBe(true)

    // A GRUB without smbios names the card alone: DHCP has just said whose it is.
    expect(isEnvironment(await start(2, 'dock', false))).toBe(false)
    expect(isEnvironment(await start(1, 'dock', false))).toBe(true)

    const [ofA, ofB] = [await askedBy(a), await askedBy(b)]
    expect(ofA.filter((line) => line.includes('next step'))).toHaveLength(3)
    expect(ofB.filter((line) => line.includes('delivered'))).toHaveLength(2)
    expect([...ofA, ...ofB].filter((line) => line.includes('Loaded /shimx64.efi'))).toHaveLength(5)
    expect(ofA.join()).not.toContain('delivered')
    expect(ofB.join()).not.toContain('next step')
    expect(ofA.join()).toContain(`Network card ${bench.wire.macOf('dock')}, which is not built into this machine`)
  }, 120_000)

  test('a delivered PC starts its disk through an adapter that nobody has seen', async () => {
    const { machineId } = (await meet(3)).welcome
    expect(isEnvironment(await start(3, 'adapter'))).toBe(true)
    await deliver(machineId)
    expect(isEnvironment(await start(3, 'adapter'))).toBe(false)
    expect((await askedBy(machineId)).at(-1)).toContain('delivered')
  }, 60_000)

  test('a run that has moved on into Windows stays there, however often the PC starts through the dock', async () => {
    const agent = await meet(4)
    await assign(agent.welcome.machineId, 'windows')
    for (const type of ['partition-disk', 'apply-image', 'prepare-windows', 'restart']) {
      expect(isEnvironment(await start(4))).toBe(true)
      const step = await agent.step()
      expect(step.step.type).toBe(type)
      await agent.report(step, { kind: 'done', result: {} })
    }
    for (let time = 0; time < 3; time += 1) expect(isEnvironment(await start(4))).toBe(false)
    expect((await askedBy(agent.welcome.machineId)).at(-1)).toContain('Windows')
  }, 120_000)

  test('a PC nobody has met gets the environment, and is nobody’s trace', async () => {
    const before = await Promise.all(
      (await api<{ items: MachineView[] }>('GET', '/api/machines')).items.map(({ id }) => askedBy(id)),
    )
    expect(isEnvironment(await start(9))).toBe(true)
    const { items } = await api<NewcomerListView>('GET', '/api/netboot/newcomers')
    expect(items).toMatchObject([{ mac: bench.wire.macOf('dock'), uuid: uuidOf(9), outcome: 'ok' }])
    const after = await Promise.all(
      (await api<{ items: MachineView[] }>('GET', '/api/machines')).items.map(({ id }) => askedBy(id)),
    )
    expect(after).toEqual(before)
    await meet(9)
    expect((await api<NewcomerListView>('GET', '/api/netboot/newcomers')).items).toEqual([])
  }, 60_000)
})
