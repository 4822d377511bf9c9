import type { Identity, KnownIdentity } from './identity.ts'
import { areTwo, signsOf } from './signs.ts'
import { swappedUuid } from './uuid.ts'

/** A value that no list knows, and that was seen on so many boards that it says nothing. */
export type LearntFiller = { kind: 'uuid' | 'serial'; value: string; since: Date }

export type LearntFillerStore = {
  all(): Promise<LearntFiller[]>
  put(filler: LearntFiller): Promise<void>
}

/** Two boards with one value are a doubt; a third one makes it a filler. */
const boardsOfAFiller = 3

/** Values in one spelling: a UUID in the smaller of its two byte orders, a serial in lower case. */
function spelled(kind: LearntFiller['kind'], value: string): string {
  const [a, b] = kind === 'uuid' ? [value, swappedUuid(value)] : [value.toLowerCase(), value.toLowerCase()]
  return a < b ? a : b
}

export type LearntFillers = {
  has(kind: LearntFiller['kind'], value: string): boolean
  /** These and more. */
  with(more: readonly LearntFiller[]): LearntFillers
  /** The identity, or a machine, without what says nothing. */
  stripped<Known extends Pick<Identity, 'uuid' | 'serial'>>(known: Known): Known
}

/** Learnt fillers in memory, as the store has them. */
export function createLearntFillers(stored: readonly LearntFiller[]): LearntFillers {
  const values = new Set(stored.map(({ kind, value }) => `${kind} ${value}`))
  const has: LearntFillers['has'] = (kind, value) => values.has(`${kind} ${spelled(kind, value)}`)
  return {
    has,
    with: (more) => createLearntFillers([...stored, ...more]),
    stripped: (known) => {
      const { uuid, serial } = known
      return {
        ...known,
        uuid: uuid === null || has('uuid', uuid) ? null : uuid,
        serial: serial === null || has('serial', serial) ? null : serial,
      }
    },
  }
}

/** Whether so many of them are boards of their own that what they share is none of theirs. */
function areManyBoards(identities: readonly Identity[]): boolean {
  const apart: Identity[] = []
  for (const one of identities) if (apart.every((other) => areTwo(signsOf(one, other)))) apart.push(one)
  return apart.length >= boardsOfAFiller
}

/**
 * What a machine that was met shows to be a filler: a UUID or serial of it that is on boards whose cards and disks prove
 * them different. Pure.
 *
 * @param known machines that share anything with it, itself perhaps among them as it was before.
 */
export function newFillers(met: Identity & { id: string }, known: readonly KnownIdentity[], at: Date): LearntFiller[] {
  const others = known.filter(({ id }) => id !== met.id)
  const { uuid, serial } = met
  const candidates = [
    { kind: 'uuid' as const, value: uuid, sharing: (one: Identity) => signsOf(met, one).uuid === 'agree' },
    {
      kind: 'serial' as const,
      value: serial,
      sharing: (one: Identity) => one.serial?.toLowerCase() === serial?.toLowerCase(),
    },
  ]
  return candidates.flatMap(({ kind, value, sharing }) =>
    value !== null && areManyBoards([met, ...others.filter(sharing)])
      ? [{ kind, value: spelled(kind, value), since: at }]
      : [],
  )
}
