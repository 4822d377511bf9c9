import { hasWaitedEnough, type RetirementFile } from './retirement.ts'
import { waitedLonger, type WaitedTime } from './waited-time.ts'

/** Keeps count of how long an agent has been waiting to go, or sleeping, in its file. */
export type RetirementWatch = {
  /** Whether it has waited, or slept, for as long as it may. */
  isOver(): boolean
  /** The agent that slept is at work: when it sleeps again, it is from the beginning. */
  awake(): void
}

/** How often the file is written: of a machine that loses its power, so much is counted too little. */
const writeEveryMs = 10 * 60_000

/** @param runningMs a clock that nobody sets, from any point in time */
export function openRetirementWatch(
  file: RetirementFile,
  { now, runningMs }: { now: () => Date; runningMs: () => number },
): RetirementWatch {
  let lookedAt: number | null = null
  return {
    isOver: () => {
      const after = file.read()
      const running = runningMs()
      if (after === null) {
        lookedAt = running
        return false
      }
      const begun = after.kind === 'retiring' ? after.since : now().toISOString()
      const before: WaitedTime = after.waited ?? { seen: begun, ms: 0 }
      const sinceLook = lookedAt === null ? null : running - lookedAt
      const waited = waitedLonger(before, now(), sinceLook)
      if (sinceLook === null || sinceLook >= writeEveryMs || after.waited === undefined) {
        file.write({ ...after, waited })
        lookedAt = running
      }
      return hasWaitedEnough(after, waited)
    },
    awake: () => {
      const after = file.read()
      if (after?.kind === 'kept') file.write({ ...after, waited: { seen: now().toISOString(), ms: 0 } })
      lookedAt = runningMs()
    },
  }
}
