import { setTimeout as delay } from 'node:timers/promises'

/** Time, passed in, so that tests need not wait for it. */
export type Clock = {
  now(): Date
  /** Milliseconds since some moment, for durations: setting the clock, which the environment does, leaves it alone. */
  elapsedMs(): number
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => new Date(),
  elapsedMs: () => performance.now(),
  sleep: async (ms, signal) => {
    try {
      await delay(ms, undefined, { signal })
    } catch (error) {
      // Node wraps the reason in an AbortError of its own.
      signal.throwIfAborted()
      throw error
    }
  },
}
