import type { Deployments } from '../deployments/deployments.ts'
import type { Machine } from '../machines/machine.ts'
import type { Stock } from '../stock/stock.ts'
import { decideBootIntent, nextStepOf, type BootIntent } from './intent.ts'

/** What somebody boots, and which machine that is: null for one nobody has met. */
export type BootDecided = { machine: Machine | null; intent: BootIntent }

export type BootPolicy = {
  /** What this machine boots next; null stands for one nobody has met. */
  intentOf(machine: Machine | null): Promise<BootIntent>
}

/** Asks stock and deployments what they know, and decides. */
export function createBootPolicy(services: {
  stock: Pick<Stock, 'forMachine'>
  deployments: Pick<Deployments, 'activeFor'>
}): BootPolicy {
  return {
    async intentOf(machine) {
      if (!machine) return decideBootIntent({ known: false })
      const [record, run] = await Promise.all([
        services.stock.forMachine(machine.id),
        services.deployments.activeFor(machine.id),
      ])
      return decideBootIntent({
        known: true,
        record: record.state,
        run: run && { name: run.sequence.name, next: nextStepOf(run) },
      })
    },
  }
}
