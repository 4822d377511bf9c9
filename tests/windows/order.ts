import { setTimeout as sleep } from 'node:timers/promises'
import type { Inventory } from '../../agent/protocol/inventory.ts'
import type { DeploymentView } from '../../server/api/deployments/schema.ts'
import { nucInventory, startAgent } from '../unit/server/api/agent-driver.ts'
import { ask, disksSeen, type Workshop } from '../unit/server/api/workshop.ts'
import { networkCard } from './nuc-catalogue.ts'

/** A run whose environment half is done: what its agent in Windows is configured with, and how to look at it. */
export type OrderedRun = {
  id: string
  machineId: string
  /** `agent.json`, but for the server's address. */
  configuration: Record<string, unknown>
  read(): Promise<DeploymentView>
  /** Resolves when the run is in this state; rejects when it is in another that it does not leave by itself. */
  until(state: DeploymentView['state'], signal: AbortSignal): Promise<DeploymentView>
}

/** Hardware of a NUC with the card that the catalogue has a driver for. */
function inventoryOf(number: number): Inventory {
  const card = { bus: 'pci', address: '0000:56:00.0', hardwareId: networkCard, deviceClass: '0200' } as const
  return { ...nucInventory(number), devices: [{ ...card, description: 'Ethernet Controller', driver: 'igc' }] }
}

/** Creates a run on NUC number so-and-so and does its environment half, in which every step simply succeeds. */
export async function orderRun(
  workshop: Workshop,
  { token, number, sequence, image }: { token: string; number: number; sequence: string; image: string },
): Promise<OrderedRun> {
  const inventory = inventoryOf(number)
  const agent = await startAgent(workshop, number, undefined, inventory)
  const { machineId } = agent.welcome
  const seen = await disksSeen(workshop, token, machineId)
  const json = { machineIds: [machineId], sequenceId: sequence, imageId: image, disksSeen: seen }
  const made = await ask<{ items: DeploymentView[] }>(workshop, 'POST', '/api/deployments', { token, json })
  const id = made.body.items?.[0]?.id
  if (id === undefined) throw new Error(`the run was answered ${made.status} ${JSON.stringify(made.body)}`)
  const read = async (): Promise<DeploymentView> =>
    (await ask<DeploymentView>(workshop, 'GET', `/api/deployments/${id}`, { token })).body
  let key: string | undefined
  for (;;) {
    const { body: work } = await agent.work()
    if (work.kind !== 'step') break
    key ??= work.agentKey
    const result = work.step.type === 'prepare-windows' ? { account: 'Utilisateur' } : {}
    await agent.report(work, { kind: 'done', result })
  }
  const { system, networkInterfaces } = inventory
  const macs = networkInterfaces.map(({ mac }) => mac)
  return {
    ...{ id, machineId, read },
    configuration: {
      ...(key === undefined ? {} : { key }),
      machine: { id: machineId, uuid: system.uuid, serial: system.serial, macs },
    },
    until: async (state, signal) => {
      for (;;) {
        const run = await read()
        if (run.state === state) return run
        if (run.state !== 'running' && run.state !== 'waiting') throw new Error(JSON.stringify(run, null, 1))
        await sleep(100, undefined, { signal })
      }
    },
  }
}
