type Writing = { readonly stop: AbortController; readonly done: Promise<unknown> }

/** One writer a file at a time: who comes to a file that is being written replaces whoever writes it. */
export type SingleWriter = <T>(
  path: string,
  signal: AbortSignal,
  write: (signal: AbortSignal) => Promise<T>,
) => Promise<T>

/**
 * A sender who comes back after its line broke finds its own dead request still writing: that one is stopped, and ended,
 * before the new one begins. Of several that come at once each waits for the one before.
 */
export function createSingleWriter(): SingleWriter {
  const writing = new Map<string, Writing>()
  return async (path, signal, write) => {
    for (let one = writing.get(path); one !== undefined; one = writing.get(path)) {
      one.stop.abort()
      await one.done
      if (writing.get(path) === one) writing.delete(path)
    }
    const stop = new AbortController()
    // Nothing is awaited between the look and this: two that waited for the same one cannot both go on.
    const work = write(AbortSignal.any([signal, stop.signal]))
    const mine: Writing = { stop, done: Promise.allSettled([work]) }
    writing.set(path, mine)
    try {
      return await work
    } finally {
      if (writing.get(path) === mine) writing.delete(path)
    }
  }
}
