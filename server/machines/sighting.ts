import { pairOf, type Doubt } from './doubt.ts'
import { knownIdentity, type Identity } from './identity.ts'
import { newFillers, type LearntFiller, type LearntFillers } from './learnt-fillers.ts'
import type { Machine } from './machine.ts'
import type { Memory } from './memory.ts'
import { judge, recognise, type Recognition } from './recognition.ts'
import { signsOf } from './signs.ts'

/** What a hello says of who it is, and what it teaches of others. */
export type Sighting = {
  recognition: Recognition
  /** Fillers known from now on, and those seen just now. */
  fillers: LearntFillers
  learnt: LearntFiller[]
  /** Machines that lose a UUID or serial which has shown itself to be a filler. */
  stripped: Machine[]
  /** Doubts that rested on such a value alone. */
  dissolved: Doubt[]
}

function recogniseIn(identity: Identity, machines: Memory['machines']): Recognition {
  return recognise(identity, machines.like(identity))
}

/**
 * Recognises a machine among all that are known. A value that proves to be a filler is taken from everybody, and the machine
 * is recognised by what is left. Pure.
 */
export function sight(reported: Identity, { machines, doubts, fillers }: Memory, at: Date): Sighting {
  const identity = fillers.stripped(reported)
  const first = recogniseIn(identity, machines)
  const learnt = newFillers({ ...identity, id: first.id ?? '' }, machines.like(identity), at)
  if (learnt.length === 0) return { recognition: first, fillers, learnt, stripped: [], dissolved: [] }
  const wiser = fillers.with(learnt)
  const stripped = new Map<string, Machine>()
  for (const { id } of machines.like({ ...identity, macs: [], disks: [] })) {
    const machine = machines.get(id)
    if (machine !== null) stripped.set(id, wiser.stripped(machine))
  }
  const now = (id: string) => stripped.get(id) ?? machines.get(id)
  const left = wiser.stripped(identity)
  const likely = machines.like(left).flatMap(({ id }) => now(id) ?? [])
  return {
    recognition: recognise(left, likely.map(knownIdentity)),
    fillers: wiser,
    learnt,
    stripped: [...stripped.values()],
    dissolved: doubts
      .all()
      .filter(({ decision, machineIds }) => decision.kind === 'open' && machineIds.some((id) => stripped.has(id)))
      .filter(({ machineIds: [a, b] }) => areOthers(now(a), now(b))),
  }
}

function areOthers(a: Machine | null, b: Machine | null): boolean {
  return a === null || b === null || judge(signsOf(knownIdentity(a), knownIdentity(b))) === 'other'
}

/** The doubts that a sighting opens: those about which nothing has been asked or decided yet. */
export function newDoubts(machineId: string, { recognition }: Sighting, { doubts }: Memory, at: Date): Doubt[] {
  return recognition.doubts
    .filter(({ id }) => doubts.between(machineId, id) === null)
    .map(({ id, reason }) => ({
      machineIds: pairOf(machineId, id),
      reason,
      since: at,
      decision: { kind: 'open' },
    }))
}
