import type { RunStore } from '../records/run-store.ts'
import type { StepDuration } from './time-left.ts'
import { durationsOf } from './windows-setup.ts'

const DURATIONS_LIMIT = 400
/** How long step durations of a model are believed before they are read again. */
const DURATIONS_MS = 60_000

/** Step durations by model, read again now and then: every card of the board asks for them every second. */
export function createDurations(
  runs: Pick<RunStore, 'timedSteps'>,
  now: () => Date,
): (product: string | null) => Promise<StepDuration[]> {
  const read = new Map<string | null, { atMs: number; durations: Promise<StepDuration[]> }>()
  return (product) => {
    const atMs = now().getTime()
    const known = read.get(product)
    if (known && atMs - known.atMs < DURATIONS_MS) return known.durations
    const durations = runs.timedSteps(product, DURATIONS_LIMIT).then(durationsOf)
    read.set(product, { atMs, durations })
    // This caller gets the failure; the next one reads again.
    durations.catch(() => read.delete(product))
    return durations
  }
}
