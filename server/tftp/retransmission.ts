/** A packet without an answer: how many retransmissions went before, and the interval the client asked for, if any. */
export type Unanswered = { attempt: number; timeoutMs: number | undefined }

/** Milliseconds to wait before the next retransmission, or to give up. */
export type RetransmissionPolicy = (silence: Unanswered) => number | 'give-up'

export type Backoff = { firstMs: number; factor: number; longestMs: number; attempts: number }

/**
 * Gives up after some 20 seconds: long enough for a machine busy hashing a kernel, short for one that was switched off.
 */
export const DEFAULT_BACKOFF: Backoff = { firstMs: 300, factor: 2, longestMs: 4000, attempts: 8 }

/**
 * Waits longer each time, up to a bound, and gives up after a number of retransmissions. An interval negotiated by
 * RFC 2349 is kept as it is.
 */
export function backoff({ firstMs, factor, longestMs, attempts }: Backoff): RetransmissionPolicy {
  return ({ attempt, timeoutMs }) => {
    if (attempt >= attempts) return 'give-up'
    return timeoutMs ?? Math.min(firstMs * factor ** attempt, longestMs)
  }
}
