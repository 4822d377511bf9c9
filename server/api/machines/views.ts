import type { Deployments } from '../../deployments/deployments.ts'
import type { PresenceTracker } from '../../machines/presence.ts'
import type { Machine } from '../../machines/machine.ts'
import type { BootPolicy } from '../../netboot/boot-policy.ts'
import type { Stock } from '../../stock/stock.ts'
import { presentMachine } from './present.ts'
import type { MachineView } from './schema.ts'

export type MachineViewDependencies = {
  presence: PresenceTracker
  stock: Stock
  deployments: Deployments
  bootPolicy: BootPolicy
}

/** A machine with its presence, record, run and boot intent. */
export async function viewMachine(machine: Machine, dependencies: MachineViewDependencies): Promise<MachineView> {
  const [record, active, boot] = await Promise.all([
    dependencies.stock.forMachine(machine.id),
    dependencies.deployments.activeFor(machine.id),
    dependencies.bootPolicy.intentOf(machine),
  ])
  const run = active ?? (await dependencies.deployments.latestFor(machine.id))
  return presentMachine(machine, {
    presence: dependencies.presence.of(machine.id),
    recordId: record.id,
    deploymentId: run?.id ?? null,
    boot,
  })
}
