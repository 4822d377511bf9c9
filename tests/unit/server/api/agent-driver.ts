import { randomUUID } from 'node:crypto'
import { agentPaths } from '../../../../agent/protocol/paths.ts'
import type { Inventory } from '../../../../agent/protocol/inventory.ts'
import type { Hello, ReportBody, StepWork, Welcome, Work } from '../../../../agent/protocol/messages.ts'
import { windowsInventory } from '../../../../agent/windows/inventory.ts'
import { ask, type Reply, type Workshop } from './workshop.ts'

/** Hardware of a NUC; what makes it this one and no other is derived from its number. */
export function nucInventory(number: number): Inventory {
  const two = String(number).padStart(2, '0')
  return {
    system: {
      ...{
        uuid: `4c4c4544-0000-4000-8000-0000000000${two}`,
        serial: `G6BN2260${two}`,
        manufacturer: 'Intel Corporation',
      },
      ...{ product: 'NUC11TNHi5', version: null, sku: null, family: null },
    },
    board: { manufacturer: 'Intel Corporation', product: 'NUC11TNBi5', serial: `BTTN2260${two}`, version: null },
    firmware: { vendor: 'Intel', version: 'TNTGL357', date: '2023-01-01', mode: 'uefi', windowsKey: false },
    secureBoot: { state: 'on', trusts2011: true, trusts2023: false, revokes2011: false },
    tpm: { present: true, version: '2.0', manufacturer: 'INTC' },
    processor: { model: 'i5-1135G7', cores: 4, threads: 8, maxMhz: 4200 },
    memory: { totalBytes: 16 * 2 ** 30, slots: 2, modules: [] },
    disks: [
      {
        ...{ name: 'nvme0n1', model: 'Samsung 980', serial: `S64D${two}`, wwn: null, sizeBytes: 500e9 },
        ...{ logicalSectorBytes: 512, transport: 'nvme', removable: false, rotational: false, bootMedium: false },
        health: { verdict: 'good', percentUsed: 0, powerOnHours: 1, temperatureCelsius: 30, mediaErrors: 0 },
      },
    ],
    networkInterfaces: [
      { name: 'eth0', mac: `1c:69:7a:00:00:${two}`, driver: 'igc', speedMbps: 1000, address: null, wireless: false },
    ],
    devices: [],
  }
}

/** Speaks agent/protocol/messages.ts as a machine would; each call is one request. */
export type AgentDriver = {
  welcome: Welcome
  work(): Promise<Reply<Work>>
  /** The next work, which has to be a step. */
  step(): Promise<StepWork>
  report(work: StepWork, body: ReportBody, token?: string): Promise<Reply<{ verdict: string; code: string }>>
}

/** Says hello as NUC number so-and-so from the environment; a new boot unless told which. */
export function startAgent(
  workshop: Pick<Workshop, 'url' | 'tls'>,
  number: number,
  bootId: string = randomUUID(),
  inventory: Inventory = nucInventory(number),
): Promise<AgentDriver> {
  return sayHello(workshop, { agentVersion: '0.1.0', phase: 'environment', bootId, inventory })
}

/** Says hello from Windows, with what the agent there knows of the machine, and with its key when it has one. */
export function startWindowsAgent(
  workshop: Pick<Workshop, 'url' | 'tls'>,
  number: number,
  key?: string,
): Promise<AgentDriver> {
  const { system, networkInterfaces } = nucInventory(number)
  const macs = networkInterfaces.map(({ mac }) => mac)
  const inventory = windowsInventory(
    { id: 'x', uuid: system.uuid, serial: system.serial, macs },
    { networkInterfaces: {}, totalBytes: 17_000_000_000, processors: [{ model: 'i5' }] },
  )
  const hello: Hello = { agentVersion: '0.1.0', phase: 'windows', bootId: randomUUID(), inventory }
  return sayHello(workshop, key === undefined ? hello : { ...hello, key })
}

async function sayHello(workshop: Pick<Workshop, 'url' | 'tls'>, json: Hello): Promise<AgentDriver> {
  const { status, body: welcome } = await ask<Welcome>(workshop, 'POST', agentPaths.hello, { json })
  if (status !== 200) throw new Error(`hello was answered ${status} ${JSON.stringify(welcome)}`)
  const work = (): Promise<Reply<Work>> => ask<Work>(workshop, 'GET', agentPaths.work, { token: welcome.session })
  return {
    welcome,
    work,
    async step() {
      const { body } = await work()
      if (body.kind !== 'step') throw new Error(`work is ${JSON.stringify(body)}`)
      return body
    },
    report: (step, body, token = step.token) =>
      ask(workshop, 'POST', agentPaths.reports, {
        token,
        json: {
          runId: step.runId,
          stepId: step.step.id,
          attempt: step.step.attempt,
          at: new Date().toISOString(),
          body,
        },
      }),
  }
}
