import { Type, type Static } from 'typebox'

/** How long something has been waited for, over starts of the machine whose clock may be set, or lost with its battery. */
export const WaitedTime = Type.Object({
  /** What the clock said at the last look, ISO 8601. */
  seen: Type.String(),
  ms: Type.Number({ minimum: 0 }),
})
export type WaitedTime = Static<typeof WaitedTime>

/**
 * One look later. While the program runs, only the time it has run counts, whatever the clock says meanwhile; from one start
 * to the next it is the clock's difference, which a clock that was set back makes nothing of. So the count may fall short
 * of the truth by the time a machine was off, and never stands still in one that is used. Pure.
 *
 * @param runningMs since the last look, by a clock that nobody sets; null at the first look of a start
 */
export function waitedLonger(before: WaitedTime, now: Date, runningMs: number | null): WaitedTime {
  const passed = runningMs ?? now.getTime() - Date.parse(before.seen)
  return { seen: now.toISOString(), ms: before.ms + (Number.isFinite(passed) ? Math.max(0, passed) : 0) }
}
