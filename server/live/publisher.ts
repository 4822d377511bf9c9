import type { LiveHub } from './hub.ts'

/**
 * Turns "this has changed" into events. They are built one after the other, in the order of the changes; a thing that
 * changes again while it waits is built once, as it is then.
 */
export type Publisher<Event> = {
  /** `key` names the thing; `build` gives its event, or null when there is nothing to say. */
  changed(key: string, build: () => Promise<Event | null>): void
  /** Resolves when every change so far is published. */
  idle(): Promise<void>
}

/** @param onError is told of an event that could not be built; the others go on. */
export function createPublisher<Event>(
  hub: Pick<LiveHub<Event>, 'publish'>,
  onError: (error: unknown, key: string) => void,
): Publisher<Event> {
  const waiting = new Map<string, () => Promise<Event | null>>()
  let running: Promise<void> | null = null

  async function drain(): Promise<void> {
    for (;;) {
      const [next] = waiting
      if (!next) return
      const [key, build] = next
      waiting.delete(key)
      try {
        const event = await build()
        if (event) hub.publish(event)
      } catch (error) {
        onError(error, key)
      }
    }
  }

  function start(): void {
    running ??= drain().finally(() => {
      running = null
      // A change may have come after drain() found none waiting.
      if (waiting.size > 0) start()
    })
  }

  return {
    changed(key, build) {
      waiting.set(key, build)
      start()
    },
    async idle() {
      while (running) await running
    },
  }
}
