import type { Phase } from '../../../tasksequences/sequence.ts'
import type { Run } from '../run/run.ts'
import { startedAtOf } from '../run/step-status.ts'

/** The time of Windows' own setup, as if it were a step's: between the last one before it and the first one in it. */
export const windowsSetup = 'windows-setup'

/** A step that ended well, with when: what durations are learned from. */
export type TimedStep = { runId: string; phase: Phase; type: string; startedAt: Date; endedAt: Date }

/** From the environment's last word to Windows' first; `endedAt` is null while Windows sets itself up. */
export type WindowsSetup = { startedAt: Date; endedAt: Date | null }

/** Windows' own setup in a run; null for a run that has not come so far, or has no half in Windows. Pure. */
export function windowsSetupOf({ steps }: Pick<Run, 'steps'>): WindowsSetup | null {
  const own = steps.filter(({ status }) => status.kind !== 'skipped')
  const before = own.filter(({ phase }) => phase === 'environment')
  const after = own.filter(({ phase }) => phase === 'windows')
  const ends = before.flatMap(({ status }) => ('endedAt' in status ? [status.endedAt.getTime()] : []))
  if (before.length === 0 || after.length === 0 || ends.length < before.length) return null
  const starts = after.flatMap(({ status }) => startedAtOf(status)?.getTime() ?? [])
  const startedAt = Math.max(...ends)
  const first = starts.length === 0 ? null : Math.min(...starts)
  return first === null || first >= startedAt
    ? { startedAt: new Date(startedAt), endedAt: first === null ? null : new Date(first) }
    : null
}

/** How long each took, and Windows' setup between them, run by run. Pure. */
export function durationsOf(timed: readonly TimedStep[]): Array<{ type: string; seconds: number }> {
  const steps = timed.map(({ type, startedAt, endedAt }) => ({ type, seconds: secondsBetween(startedAt, endedAt) }))
  const setups = [...Map.groupBy(timed, ({ runId }) => runId).values()].flatMap((run) => {
    const ends = run.filter(({ phase }) => phase === 'environment').map(({ endedAt }) => endedAt.getTime())
    const starts = run.filter(({ phase }) => phase === 'windows').map(({ startedAt }) => startedAt.getTime())
    const [from, to] = [Math.max(...ends), Math.min(...starts)]
    // Of a run that was taken up again from before Windows, the two do not belong together.
    return Number.isFinite(from) && Number.isFinite(to) && to >= from ? [(to - from) / 1000] : []
  })
  return [...steps, ...setups.map((seconds) => ({ type: windowsSetup, seconds }))]
}

function secondsBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 1000
}
