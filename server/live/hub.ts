/** An event with its place in the stream: `epoch-number`. The epoch changes at each start, since the ring lives in memory. */
export type NumberedEvent<Event> = { id: string; event: Event }

/** What a reader who comes back has missed: the events, or too much to say (it then asks for everything anew). */
export type Missed<Event> = { kind: 'events'; events: NumberedEvent<Event>[] } | { kind: 'too-much' }

/** The stream of what happens, with its last events kept. */
export type LiveHub<Event> = {
  publish(event: Event): void
  subscribe(listener: (event: NumberedEvent<Event>) => void): () => void
  /** What came after `lastEventId`, the value a browser sends back as Last-Event-ID. */
  missedSince(lastEventId: string): Missed<Event>
  /** The id of the newest event, so that a new reader knows where it begins. */
  lastId(): string
  readers(): number
}

/**
 * Keeps the last events in a ring and hands each to every reader.
 *
 * @param options `epoch` names this life of the server; `capacity` is how many events a reader may miss and still catch up.
 */
export function createLiveHub<Event>(options: { epoch: string; capacity: number }): LiveHub<Event> {
  const ring: NumberedEvent<Event>[] = []
  const listeners = new Set<(event: NumberedEvent<Event>) => void>()
  let published = 0
  return {
    publish(event) {
      published += 1
      const numbered = { id: `${options.epoch}-${published}`, event }
      ring.push(numbered)
      if (ring.length > options.capacity) ring.shift()
      for (const listener of listeners) listener(numbered)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    missedSince(lastEventId) {
      const separator = lastEventId.lastIndexOf('-')
      const number = Number(lastEventId.slice(separator + 1))
      if (lastEventId.slice(0, separator) !== options.epoch || !Number.isInteger(number) || number > published) {
        return { kind: 'too-much' }
      }
      const missing = published - number
      if (missing > ring.length) return { kind: 'too-much' }
      return { kind: 'events', events: missing === 0 ? [] : ring.slice(-missing) }
    },
    lastId: () => `${options.epoch}-${published}`,
    readers: () => listeners.size,
  }
}
