import type { Run, RunStep } from '../run/run.ts'
import { isToCome, isUnderWay, startedAtOf } from '../run/step-status.ts'
import { usualTime, type Seconds } from './usual-time.ts'
import { windowsSetup, windowsSetupOf } from './windows-setup.ts'

export type StepDuration = { type: string; seconds: number }

/** From here on a step's own word on what it still needs is worth more than what others took. */
const speaksFrom = 0.1

/**
 * Seconds a run still needs, as a range: for each step to come what its type took on machines of this model, Windows' own
 * setup among them; for the running one what it says of itself, else the usual time less what has passed. Null as soon as
 * anything to come has not been seen on this model, or takes longer already than it ever should: half a sum is no
 * promise; nor while a person has to do something first. Pure.
 */
export function timeLeft(run: Run, durations: readonly StepDuration[], at: Date): Seconds | null {
  if (run.state.kind !== 'waiting' && run.state.kind !== 'running') return null
  const byType = Map.groupBy(durations, ({ type }) => type)
  const usual = (type: string): Seconds | null =>
    usualTime(
      type,
      (byType.get(type) ?? []).map(({ seconds }) => seconds),
    )
  const passedSince = (since: Date | null): number => (since === null ? 0 : (at.getTime() - since.getTime()) / 1000)
  const parts = run.steps
    .filter(({ status }) => isToCome(status) || isUnderWay(status))
    .map(({ type, status }) => ownWord(status) ?? remaining(usual(type), passedSince(startedAtOf(status))))
  if (awaitsWindows(run))
    parts.push(remaining(usual(windowsSetup), passedSince(windowsSetupOf(run)?.startedAt ?? null)))
  let sum: Seconds = { least: 0, most: 0 }
  for (const part of parts) {
    if (part === null) return null
    sum = { least: sum.least + part.least, most: sum.most + part.most }
  }
  return { least: Math.round(sum.least), most: Math.round(sum.most) }
}

/** What a step says of itself, once it has seen enough of its own work. */
function ownWord(status: RunStep['status']): Seconds | null {
  if (!isUnderWay(status)) return null
  // What comes after its last byte is short beside what comes after the step.
  if (status.progress?.fraction === 1) return { least: 0, most: 0 }
  if (status.progress?.secondsLeft === undefined) return null
  if ((status.progress.fraction ?? 0) < speaksFrom) return null
  return { least: status.progress.secondsLeft, most: status.progress.secondsLeft }
}

/** What is left of a usual time; null for one that is over, though its step is not. */
function remaining(usual: Seconds | null, passed: number): Seconds | null {
  if (usual === null || (passed > 0 && passed > usual.most)) return null
  return { least: Math.max(0, usual.least - passed), most: usual.most - passed }
}

/** Whether Windows' own setup is still to come, or going on. */
function awaitsWindows(run: Run): boolean {
  const own = run.steps.filter(({ status }) => status.kind !== 'skipped')
  if (!own.some(({ phase }) => phase === 'environment')) return false
  const inWindows = own.filter(({ phase }) => phase === 'windows')
  return inWindows.length > 0 && inWindows.every(({ status }) => isToCome(status) && startedAtOf(status) === null)
}
