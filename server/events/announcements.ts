/** Tells listeners of a change; called when the transaction that made it is over. */
export type Announce = () => void

/** Those who want to hear of a kind of change. */
export type Announcements<Args extends unknown[]> = {
  add(listener: (...args: Args) => void): () => void
  announce(...args: Args): void
}

/** Announcements without listeners yet; each listener is told in the order it came. */
export function createAnnouncements<Args extends unknown[]>(): Announcements<Args> {
  const listeners = new Set<(...args: Args) => void>()
  return {
    add: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    announce: (...args) => {
      for (const listener of listeners) listener(...args)
    },
  }
}
