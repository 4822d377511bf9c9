export type DeadlineTimer = {
  /** Moves the deadline; the timer fires at it, or earlier when it was nearer before. */
  set(deadlineMs: number): void
  stop(): void
}

/**
 * One timer for a deadline that moves with every packet. It is left alone while the deadline only moves away, and fires
 * early rather than late: whoever listens compares the clock with its deadline and sets it again.
 */
export function createDeadlineTimer(now: () => number, onFire: () => void): DeadlineTimer {
  let running: { handle: NodeJS.Timeout; dueMs: number } | undefined

  function stop(): void {
    if (running) clearTimeout(running.handle)
    running = undefined
  }

  function fire(): void {
    running = undefined
    onFire()
  }

  return {
    stop,
    set(deadlineMs) {
      if (running && running.dueMs <= deadlineMs) return
      stop()
      const waitMs = Math.max(1, Math.ceil(deadlineMs - now()))
      running = { handle: setTimeout(fire, waitMs), dueMs: deadlineMs }
    },
  }
}
