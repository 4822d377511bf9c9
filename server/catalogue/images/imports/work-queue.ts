/** Work waiting its turn or being done. */
export type Ticket = {
  /** Takes it out of the queue at once, or stops it; resolves when it has let go of everything. */
  readonly cancel: () => Promise<void>
}

/**
 * Does one piece of work at a time, in order: preparing an image takes every core there is.
 *
 * @param onError - called with what work threw, unless it was cancelled
 */
export function workQueue(onError: (error: unknown) => void): {
  add: (work: (signal: AbortSignal) => Promise<void>) => Ticket
  close: () => Promise<void>
} {
  const jobs = new Set<AbortController>()
  let last: Promise<void> = Promise.resolve()
  return {
    add: (work) => {
      const controller = new AbortController()
      jobs.add(controller)
      const started = { done: Promise.resolve() }
      last = last.then(async () => {
        started.done = run(work, controller.signal, onError)
        await started.done
        jobs.delete(controller)
      })
      return {
        cancel: async () => {
          controller.abort()
          await started.done
        },
      }
    },
    close: async () => {
      for (const controller of jobs) controller.abort()
      await last
    },
  }
}

async function run(
  work: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
  onError: (error: unknown) => void,
): Promise<void> {
  try {
    if (!signal.aborted) await work(signal)
  } catch (error) {
    if (!signal.aborted) onError(error)
  }
}
