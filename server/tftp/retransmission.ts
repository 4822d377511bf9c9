/** What is known when nothing came back: how many repetitions went before, and the interval the client asked for, if any. */
export type Silence = { attempt: number; timeoutMs: number | undefined }

/** Milliseconds to wait before the next repetition, or the end of patience. */
export type RetransmissionPolicy = (silence: Silence) => number | 'give-up'

export type Backoff = { firstMs: number; factor: number; longestMs: number; attempts: number }

/**
 * Some 20 seconds of patience in all: a machine that was switched off is forgotten soon, one busy hashing a kernel is not.
 */
export const DEFAULT_BACKOFF: Backoff = { firstMs: 300, factor: 2, longestMs: 4000, attempts: 8 }

/**
 * Waits longer each time, up to a bound, and gives up after a number of repetitions. An interval negotiated by
 * RFC 2349 is kept as it is.
 */
export function backoff({ firstMs, factor, longestMs, attempts }: Backoff): RetransmissionPolicy {
  return ({ attempt, timeoutMs }) => {
    if (attempt >= attempts) return 'give-up'
    return timeoutMs ?? Math.min(firstMs * factor ** attempt, longestMs)
  }
}
