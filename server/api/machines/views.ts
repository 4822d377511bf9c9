import type { Deployments } from '../../deployments/deployments.ts'
import type { PresenceTracker } from '../../machines/presence.ts'
import type { Machine } from '../../machines/machine.ts'
import type { BootPolicy } from '../../netboot/boot-policy.ts'
import type { Stock } from '../../stock/stock.ts'
import { presentMachine } from './present.ts'
import type { MachineView } from './schema.ts'

export type MachineViewSources = {
  presence: PresenceTracker
  stock: Stock
  deployments: Deployments
  bootPolicy: BootPolicy
}

/** A machine with what lies around it. */
export async function viewMachine(machine: Machine, sources: MachineViewSources): Promise<MachineView> {
  const [record, active, boot] = await Promise.all([
    sources.stock.forMachine(machine.id),
    sources.deployments.activeFor(machine.id),
    sources.bootPolicy.intentOf(machine),
  ])
  const run = active ?? (await sources.deployments.latestFor(machine.id))
  return presentMachine(machine, {
    presence: sources.presence.of(machine.id),
    recordId: record.id,
    deploymentId: run?.id ?? null,
    boot,
  })
}
