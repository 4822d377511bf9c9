/** Work waiting its turn or being done. */
export type Ticket = {
  /** Stops it, or takes it out of the queue; resolves when it has let go of everything. */
  readonly cancel: () => Promise<void>
}

/**
 * Does one piece of work at a time, in order: preparing an image takes every core there is.
 *
 * @param onError - told of work that threw though it was not cancelled
 */
export function workQueue(onError: (error: unknown) => void): {
  add: (work: (signal: AbortSignal) => Promise<void>) => Ticket
  close: () => Promise<void>
} {
  const waiting = new Set<AbortController>()
  let last: Promise<void> = Promise.resolve()
  const run = async (work: (signal: AbortSignal) => Promise<void>, controller: AbortController, before: Promise<void>) => {
    await before
    try {
      if (!controller.signal.aborted) await work(controller.signal)
    } catch (error) {
      if (!controller.signal.aborted) onError(error)
    } finally {
      waiting.delete(controller)
    }
  }
  return {
    add: (work) => {
      const controller = new AbortController()
      waiting.add(controller)
      const done = run(work, controller, last)
      last = done
      return {
        cancel: async () => {
          controller.abort()
          await done
        },
      }
    },
    close: async () => {
      for (const controller of waiting) controller.abort()
      await last
    },
  }
}
