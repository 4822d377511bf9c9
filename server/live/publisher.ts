import type { LiveEvent } from './events.ts'
import type { LiveHub } from './hub.ts'

/**
 * Turns "this has changed" into events. The views are built one after the other, in the order of the changes; a thing that
 * changes again while it waits is built once, as it is then.
 */
export type Publisher = {
  /** `key` names the thing; `build` gives its event, or null when there is nothing to say. */
  changed(key: string, build: () => Promise<LiveEvent | null>): void
  /** Resolves when everything announced so far is out. */
  settled(): Promise<void>
}

/** @param onError hears of a view that could not be built; the others go on. */
export function createPublisher(hub: LiveHub, onError: (error: unknown, key: string) => void): Publisher {
  const waiting = new Map<string, () => Promise<LiveEvent | null>>()
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
      // Something may have come between the last look and now.
      if (waiting.size > 0) start()
    })
  }

  return {
    changed(key, build) {
      waiting.set(key, build)
      start()
    },
    async settled() {
      while (running) await running
    },
  }
}
