/** So many attempts at once, then one more every `refillMs`. */
export type RateLimit = {
  /** Takes one attempt; gives the seconds to wait when none is left, else 0. */
  take(key: string): number
  /** Gives the attempts back, after a success. */
  forgive(key: string): void
}

/**
 * A token bucket for each key. Not @fastify/rate-limit: that one counts requests in fixed windows, while here a success
 * gives its attempts back, so that a whole workshop behind one address can sign in.
 *
 * @param options `elapsedMs` is a clock that only goes forward: one that is set back must not lock anybody out.
 * `keys` bounds the memory: the key silent for longest is forgotten first.
 */
export function createRateLimit(options: {
  elapsedMs: () => number
  burst: number
  refillMs: number
  keys: number
}): RateLimit {
  const buckets = new Map<string, { tokens: number; at: number }>()
  return {
    take(key) {
      const now = options.elapsedMs()
      const bucket = buckets.get(key) ?? { tokens: options.burst, at: now }
      const tokens = Math.min(options.burst, bucket.tokens + (now - bucket.at) / options.refillMs)
      buckets.delete(key)
      buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now })
      const oldest = buckets.size > options.keys ? buckets.keys().next().value : undefined
      if (oldest !== undefined) buckets.delete(oldest)
      return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) * options.refillMs) / 1000)
    },
    forgive: (key) => void buckets.delete(key),
  }
}
