import type { KeptEvidence } from '../../stock/evidence.ts'
import { lastCheck } from '../run/checks.ts'
import type { RunTrail, StepTrail } from './run-trail.ts'
import type { RunStore } from './run-store.ts'

/** Of a machine's runs, how many are looked through to see whether its evidence still holds. */
export const runsLookedAt = 20

/**
 * Whether evidence still describes what is on the machine's disk: no later run has begun to write it, and its own has not
 * been taken up again from before the check. Pure.
 *
 * @param runs the machine's, newest first
 */
export function stillHolds(
  { runId }: Pick<KeptEvidence, 'runId'>,
  runs: ReadonlyArray<Pick<RunTrail, 'id' | 'diskTouchedAt'> & { steps: readonly StepTrail[] }>,
): boolean {
  const index = runs.findIndex(({ id }) => id === runId)
  const check = lastCheck(runs[index]?.steps ?? [])
  if (check?.status.kind !== 'done' && check?.status.kind !== 'failed') return false
  return runs.slice(0, index).every(({ diskTouchedAt }) => diskTouchedAt === null)
}

/** The same, by the runs that a store has of the machine. */
export async function evidenceHolds(
  { runs }: { runs: Pick<RunStore, 'list'> },
  evidence: KeptEvidence,
  machineId: string,
): Promise<boolean> {
  return stillHolds(evidence, await runs.list({ machineId, limit: runsLookedAt }))
}
