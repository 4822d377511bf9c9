import { uptime } from 'node:os'
import type { Lease } from './lease.ts'

/** The two clocks of a computer: the one people set, and the one that only counts. */
export type Clocks = {
  /** What the calendar says. It jumps when somebody, or a time server, sets it. */
  wall(): Date
  /** Milliseconds since any moment, never set, sleep of the computer included. */
  elapsedMs(): number
}

export const systemClocks: Clocks = {
  wall: () => new Date(),
  // Not performance.now(), which stands still while a laptop sleeps; its clients' leases run on.
  elapsedMs: () => uptime() * 1000,
}

/**
 * The clock that leases go by while this process runs: the calendar of its start, moved on by what has elapsed. Setting
 * the calendar neither ends a lease nor lets one last for ever.
 */
export type LeaseClock = {
  now(): Date
  /**
   * How far the calendar is ahead of this clock, in milliseconds; it changes only when the calendar was set. Leases are
   * written down in the calendar's time.
   */
  aheadMs(): number
}

/** Less than this is the correction of a clock that goes well, not of one that was wrong. */
const CORRECTION_MS = 2000

/** A lease clock that begins with what the calendar says now. */
export function startLeaseClock({ wall, elapsedMs }: Clocks): LeaseClock {
  const offsetMs = wall().getTime() - elapsedMs()
  const nowMs = (): number => offsetMs + elapsedMs()
  let knownAheadMs = 0
  return {
    now: () => new Date(nowMs()),
    aheadMs() {
      const aheadMs = wall().getTime() - nowMs()
      if (Math.abs(aheadMs - knownAheadMs) >= CORRECTION_MS) knownAheadMs = aheadMs
      return knownAheadMs
    },
  }
}

/** The same lease as a clock shows it that is so far ahead. */
export function shifted(lease: Lease, byMs: number): Lease {
  if (byMs === 0) return lease
  const move = (date: Date): Date => new Date(date.getTime() + byMs)
  return {
    ...lease,
    startedAt: move(lease.startedAt),
    grantedAt: move(lease.grantedAt),
    expiresAt: move(lease.expiresAt),
  }
}

/**
 * A lease read at the start. One granted in the future was written down by a clock that was ahead, and set back since: how
 * long ago that was cannot be known. Its client may have it for its whole length at most, so that is what it gets from now.
 */
export function judged(lease: Lease, now: Date): Lease {
  const earlyMs = lease.grantedAt.getTime() - now.getTime()
  return earlyMs > CORRECTION_MS ? shifted(lease, -earlyMs) : lease
}
