import type { Announce } from '../../events/announcements.ts'
import type { Stock } from '../../stock/stock.ts'
import type { Effect } from '../run/event.ts'
import type { Run } from '../run/run.ts'
import type { RunParts } from './run-store.ts'

type Doing = { parts: RunParts; stock: Stock; by: string; at: Date }

async function doEffect(effect: Effect, { id: runId, machineId }: Run, doing: Doing): Promise<Announce | null> {
  const { parts, stock, by, at } = doing
  switch (effect.kind) {
    case 'move-record': {
      const { to, grounds, sentence } = effect
      return stock.move(parts, machineId, { to, grounds, sentence, by, runId, at })
    }
    case 'keep-evidence':
      return stock.keepEvidence(parts, machineId, { runId, at, evidence: effect.evidence })
    case 'keep-facts':
      return stock.keepFacts(parts, machineId, effect.facts)
    case 'forget-facts':
      return stock.keepFacts(parts, machineId, null)
    case 'keep-keys':
      await parts.agentKeys.acceptOnly({ machineId, runId, attempt: effect.attempt })
      return null
    case 'forget-keys':
      await (effect.of === 'run' ? parts.agentKeys.removeOfRun(runId) : parts.agentKeys.removeOfMachine(machineId))
      return null
  }
}

/** Does what has to happen beside a run, in order, inside its transaction; gives what to announce after it. */
export async function doEffects(effects: readonly Effect[], run: Run, doing: Doing): Promise<Announce[]> {
  const announcements: Announce[] = []
  for (const effect of effects) {
    const announce = await doEffect(effect, run, doing)
    if (announce !== null) announcements.push(announce)
  }
  return announcements
}
