import type { Run } from '../run/run.ts'
import { isToCome, isUnderWay, startedAtOf } from '../run/step-status.ts'

export type StepDuration = { type: string; seconds: number }

/** The middle one, so that a night spent in the BIOS does not count. */
function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = 0, high = 0] =
    sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : sorted.slice(middle - 1, middle + 1)
  return (low + high) / 2
}

/**
 * Seconds a run still needs: for each step to come the median of what its type took on machines of this model; for the
 * running one what it says of itself, else the median less what has passed. Steps never seen on this model
 * count nothing; null when not one is known. Pure.
 */
export function secondsLeft(run: Run, durations: readonly StepDuration[], at: Date): number | null {
  const byType = Map.groupBy(durations, ({ type }) => type)
  const usual = (type: string): number | null => {
    const known = byType.get(type)
    return known === undefined ? null : median(known.map(({ seconds }) => seconds))
  }
  let known = false
  let total = 0
  for (const { type, status } of run.steps) {
    if (!isToCome(status) && !isUnderWay(status)) continue
    const seconds = usual(type)
    if (isUnderWay(status) && status.progress?.secondsLeft !== undefined) {
      total += status.progress.secondsLeft
      known = true
    } else if (seconds !== null) {
      const startedAt = startedAtOf(status)
      const passed = startedAt === null ? 0 : (at.getTime() - startedAt.getTime()) / 1000
      total += Math.max(0, seconds - passed)
      known = true
    }
  }
  return known ? Math.round(total) : null
}
