import type { EvidenceItem } from '../../agent/protocol/evidence.ts'
import { lastCheck } from '../deployments/run/checks.ts'
import type { Run } from '../deployments/run/run.ts'

/** What a run's check has measured, kept with the record. */
export type KeptEvidence = { runId: string; recordId: string; at: Date; passed: boolean; items: EvidenceItem[] }

/**
 * Whether evidence still speaks of what is on the machine's disk: no later run has begun to write it, and its own has not
 * been taken up again from before the check. Pure.
 *
 * @param runs the machine's, newest first
 */
export function stillHolds({ runId }: Pick<KeptEvidence, 'runId'>, runs: readonly Run[]): boolean {
  const index = runs.findIndex(({ id }) => id === runId)
  const check = lastCheck(runs[index]?.steps ?? [])
  if (check === undefined || !('endedAt' in check.status)) return false
  return runs.slice(0, index).every(({ diskTouchedAt }) => diskTouchedAt === null)
}
