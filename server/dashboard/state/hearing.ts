import type { LiveEvent } from '../../api/events/schema.ts'
import type { LocalEvent } from './reduce.ts'

export type Told = LiveEvent | LocalEvent

/**
 * Of which things the server has spoken by itself, and in which order. The answer to a request travels beside the event
 * stream and may come in after an event that is newer than it: a file that was refused a millisecond after its last byte
 * had arrived would be "being read" again.
 */
export type Hearing = {
  /** The server, or this page for what it has removed, says something of its own accord. */
  heard(event: Told): void
  /** To be kept when something is asked for, and given to `news` with the answer. */
  now(): number
  /** What of an answer is still news: null when all of it has been heard of since it was asked for. */
  news<Event extends Told>(answer: Event, askedAt: number): Event | null
}

export function createHearing(): Hearing {
  /** By thing, when it was heard of last. */
  const last = new Map<string, number>()
  let moment = 0
  const isOld = (thing: string, askedAt: number): boolean => (last.get(thing) ?? 0) > askedAt

  return {
    heard(event) {
      const thing = thingOf(event)
      if (thing === null) return
      moment += 1
      last.set(thing, moment)
    },
    now: () => moment,
    news(answer, askedAt) {
      if (answer.type === 'records-read') {
        const records = answer.records.filter(({ id }) => !isOld(`record ${id}`, askedAt))
        return { ...answer, records }
      }
      const thing = thingOf(answer)
      return thing !== null && isOld(thing, askedAt) ? null : answer
    },
  }
}

/** What an event is about; null for what only adds to something, or is about many things. */
function thingOf(event: Told): string | null {
  switch (event.type) {
    case 'machine':
      return `machine ${event.machine.id}`
    case 'machine-removed':
      return `machine ${event.id}`
    case 'deployment':
      return `deployment ${event.deployment.id}`
    case 'record':
      return `record ${event.record.id}`
    case 'image':
      return `image ${event.image.id}`
    case 'image-removed':
      return `image ${event.id}`
    case 'import':
      return `import ${event.import.id}`
    case 'import-removed':
      return `import ${event.id}`
    default:
      return null
  }
}
