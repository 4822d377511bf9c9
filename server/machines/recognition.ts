import type { Identity, KnownIdentity } from './identity.ts'
import { signsOf, type Sign, type Signs } from './signs.ts'

/** Why it is not sure whether two are one machine: what they share although something else speaks against it. */
export type DoubtReason = 'CLONES' | 'UUID' | 'SERIAL' | 'CARD' | 'DISK' | 'TWO_FIT'

export type Verdict = 'same' | 'doubt' | 'other'

/** What the firmware's two numbers say together. */
type Firmware = 'both' | 'uuid' | 'serial' | 'uuidAgainst' | 'serialAgainst' | 'neither' | 'against' | 'silent'

/** For disks that agree, differ, are silent: Same, Doubt, Other. */
type Row = Readonly<Record<Signs['cards'], string>>

/**
 * Sure, or a doubt for a person: taking two machines for one can erase the wrong disk, taking one for two splits a record.
 *
 * - `both` numbers equal, cards and disks all different: clones of one unprogrammed board, or one machine with everything
 *   in it replaced. A disk or a card in common says that it is the machine with the rest replaced.
 * - `uuid`, `serial`: one is equal, the other not there. Batches share a UUID, and disks go from one of a batch to another.
 * - `uuidAgainst`, `serialAgainst`: one is equal, the other not. A wired card on the board decides (a firmware update
 *   changed the UUID, somebody wrote the serial anew), unless the disk is another one too. A board whose cards and serial
 *   are others is another one; but an equal serial may have been written to a new board by whoever repaired the machine.
 * - `neither`: both are others. Cards and disks may have moved; only both together make one wonder.
 * - `against`: one is another, and the other not there. A board's card with its disk is sure; a card alone may have moved.
 * - `silent`: fillers only. The board's own card has to do, whatever the disk; a Wi-Fi card alone does not.
 */
const table: Readonly<Record<Firmware, Row>> = {
  both: { agree: 'SSS', movable: 'SSS', differ: 'SDD', silent: 'SDS' },
  uuid: { agree: 'SSS', movable: 'SDS', differ: 'DDD', silent: 'SDS' },
  serial: { agree: 'SSS', movable: 'SDS', differ: 'DDD', silent: 'SDS' },
  uuidAgainst: { agree: 'SDS', movable: 'SDD', differ: 'DOO', silent: 'DDD' },
  serialAgainst: { agree: 'SDS', movable: 'SDD', differ: 'DDD', silent: 'SDD' },
  neither: { agree: 'DOO', movable: 'OOO', differ: 'OOO', silent: 'OOO' },
  against: { agree: 'SDD', movable: 'DOD', differ: 'OOO', silent: 'DOO' },
  silent: { agree: 'SSS', movable: 'SDD', differ: 'DOO', silent: 'SOO' },
}

const columns: readonly Sign[] = ['agree', 'differ', 'silent']
const verdicts: Readonly<Record<string, Verdict>> = { S: 'same', D: 'doubt', O: 'other' }

function firmwareOf({ uuid, serial }: Signs): Firmware {
  if (uuid === 'agree') return serial === 'agree' ? 'both' : serial === 'differ' ? 'uuidAgainst' : 'uuid'
  if (serial === 'agree') return uuid === 'differ' ? 'serialAgainst' : 'serial'
  if (uuid === 'differ' && serial === 'differ') return 'neither'
  return uuid === 'differ' || serial === 'differ' ? 'against' : 'silent'
}

/** Whether two identities with these signs are one machine. Pure. */
export function judge(signs: Signs): Verdict {
  const letter = table[firmwareOf(signs)][signs.cards][columns.indexOf(signs.disks)] ?? ''
  return verdicts[letter] ?? 'doubt'
}

/** What a doubt rests on, the strongest first. */
export function reasonOf({ uuid, serial, cards }: Signs): DoubtReason {
  if (uuid === 'agree') return serial === 'agree' ? 'CLONES' : 'UUID'
  if (serial === 'agree') return 'SERIAL'
  return cards === 'agree' || cards === 'movable' ? 'CARD' : 'DISK'
}

export type Recognition = {
  /** The machine it is; null for one nobody has met. */
  id: string | null
  /** Machines that it may be too, or that fit as well: for a person to decide. */
  doubts: Array<{ id: string; reason: DoubtReason }>
  /** Machines that it is not, although they share something. */
  shares: string[]
}

/** Higher is surer; of two that fit, the one with more of its cards, then the one seen last. */
function rankOf({ uuid, serial, cards, disks }: Signs): number {
  const points = { agree: 1, movable: 0.5, silent: 0, differ: 0 }
  return 8 * points[uuid] + 6 * points[serial] + 4 * points[cards] + 2 * points[disks]
}

/**
 * Which of the known machines this is, and which of them a person has to look at. Pure.
 *
 * @param known all that share anything with it; others do not matter.
 */
export function recognise(identity: Identity, known: readonly KnownIdentity[]): Recognition {
  const judged = known.map((machine) => {
    const signs = signsOf(identity, machine)
    return { machine, signs, verdict: judge(signs) }
  })
  const shared = (machine: Identity) => machine.macs.filter((mac) => identity.macs.includes(mac)).length
  const [best, ...rest] = judged
    .filter(({ verdict }) => verdict === 'same')
    .sort(
      (a, b) =>
        rankOf(b.signs) - rankOf(a.signs) ||
        shared(b.machine) - shared(a.machine) ||
        b.machine.lastSeenAt.getTime() - a.machine.lastSeenAt.getTime(),
    )
  const unsure = judged.filter(({ verdict }) => verdict === 'doubt')
  const sharing = judged.filter(({ verdict, signs }) => verdict === 'other' && Object.values(signs).includes('agree'))
  return {
    id: best?.machine.id ?? null,
    doubts: [
      ...rest.map(({ machine }) => ({ id: machine.id, reason: 'TWO_FIT' as const })),
      ...unsure.map(({ machine, signs }) => ({ id: machine.id, reason: reasonOf(signs) })),
    ],
    shares: sharing.map(({ machine }) => machine.id),
  }
}
