import type { Transactions } from '../events/transactions.ts'
import { createDoubts, type Doubts, type DoubtStore } from './doubt.ts'
import { machineRefusal } from './errors.ts'
import { createKnownMachines, type KnownMachines } from './known-machines.ts'
import { createLearntFillers, type LearntFillers, type LearntFillerStore } from './learnt-fillers.ts'
import type { Machine } from './machine.ts'
import type { MachineStore } from './machine-store.ts'

/** What the register reads and writes, within a transaction of its own. */
export type MachineParts = { machines: MachineStore; doubts: DoubtStore; learntFillers: LearntFillerStore }

export type RegisterStore<Parts extends MachineParts> = MachineParts & Transactions<Parts>

/** What the store has of machines, at hand. */
export type Memory = { machines: KnownMachines; doubts: Doubts; fillers: LearntFillers }

/** Reads the store at the first question; a failure is not kept, so that the next question tries again. */
export function createMemory({ machines, doubts, learntFillers }: MachineParts): () => Promise<Memory> {
  let loaded: Promise<Memory> | null = null
  const read = async (): Promise<Memory> => ({
    machines: createKnownMachines(await machines.all()),
    doubts: createDoubts(await doubts.all()),
    fillers: createLearntFillers(await learntFillers.all()),
  })
  return () => {
    loaded ??= read().catch((error: unknown) => {
      loaded = null
      throw error
    })
    return loaded
  }
}

/** The machine, or Refusal MACHINE_UNKNOWN. */
export function knownIn({ machines }: Pick<Memory, 'machines'>, id: string): Machine {
  const machine = machines.get(id)
  if (!machine) throw machineRefusal('MACHINE_UNKNOWN', { id })
  return machine
}
