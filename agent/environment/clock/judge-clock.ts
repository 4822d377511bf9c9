/** What the machine's clock said beside the server's, both as milliseconds since 1970. */
export type ClockReading = { machineMs: number; serverMs: number }

/** What to do about a machine's clock, and why. */
export type ClockDecision =
  /** It agrees with the server. */
  | { kind: 'right' }
  /** Nobody can be in this year: the server's own clock has stopped. */
  | { kind: 'server-implausible' }
  /**
   * The kernel took the firmware's clock for UTC, and Windows keeps local time in it (RealTimeIsUniversal is absent): what
   * differs by no more than the world's time zones may be right for the Windows on the disk, so only the system's is set.
   */
  | { kind: 'set-system'; aheadSeconds: number }
  /** No zone explains it, an empty CMOS battery does: both are set. */
  | { kind: 'set-both'; aheadSeconds: number }

/** Below it nothing is worth setting: the answer's way takes part of it, TLS and Windows Update bear minutes. */
const tolerableMs = 5000

/** Local times run from UTC-12 to UTC+14 (IANA time zone database); a quarter of an hour more for a clock that drifts. */
const hourMs = 3_600_000
const driftMs = hourMs / 4
const farthestBehindMs = -12 * hourMs - driftMs
const farthestAheadMs = 14 * hourMs + driftMs

/** Before this no server of this version can have been installed. */
const earliestMs = Date.UTC(2025, 0)

/** Whether a machine's clock is to be set from the server's. Pure. */
export function judgeClock({ machineMs, serverMs }: ClockReading): ClockDecision {
  if (!(serverMs >= earliestMs)) return { kind: 'server-implausible' }
  const aheadMs = machineMs - serverMs
  if (Math.abs(aheadMs) <= tolerableMs) return { kind: 'right' }
  const aheadSeconds = Math.round(aheadMs / 1000)
  return aheadMs >= farthestBehindMs && aheadMs <= farthestAheadMs
    ? { kind: 'set-system', aheadSeconds }
    : { kind: 'set-both', aheadSeconds }
}
