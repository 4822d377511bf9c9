import type { Phase } from '../../../tasksequences/sequence.ts'
import type { Run } from '../run/run.ts'
import { startedAtOf } from '../run/step-status.ts'

/** How long a run was in one of its two halves; `endedAt` is null while it is there. */
export type RunPhase = { phase: Phase; startedAt: Date; endedAt: Date | null }

/**
 * The halves a run has begun. Windows' own setup, between the environment's last step and the first one in Windows, counts
 * as Windows' time. Pure.
 */
export function phasesOf({ steps, state }: Run): RunPhase[] {
  const found: RunPhase[] = []
  for (const phase of ['environment', 'windows'] as const) {
    const own = steps.filter((step) => step.phase === phase && step.status.kind !== 'skipped')
    const starts = own.flatMap(({ status }) => startedAtOf(status) ?? [])
    const [first] = starts.toSorted((a, b) => a.getTime() - b.getTime())
    if (first === undefined) continue
    const ends = own.flatMap(({ status }) => ('endedAt' in status ? [status.endedAt] : []))
    const last = ends.toSorted((a, b) => a.getTime() - b.getTime()).at(-1) ?? null
    const isOver = ends.length === own.length || state.kind === 'done' || state.kind === 'cancelled'
    found.push({ phase, startedAt: found.at(-1)?.endedAt ?? first, endedAt: isOver ? last : null })
  }
  return found
}
