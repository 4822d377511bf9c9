import type { Announce } from '../events/announcements.ts'
import { otherOf, pairOf, type Doubt } from './doubt.ts'
import { machineRefusal } from './errors.ts'
import { joined, newestOf } from './joining.ts'
import { labelOf, type Machine } from './machine.ts'
import { knownIn, type MachineParts, type Memory, type RegisterStore } from './memory.ts'

/** Two records become one: which stays, which goes into it, who says so. */
export type Joining = { survivor: Machine; away: Machine; by: string; at: Date }

export type DecisionDependencies<Parts extends MachineParts> = {
  store: RegisterStore<Parts>
  /** Whether a run of the machine goes on, within a transaction: its machine stays. */
  hasRun: (parts: Parts, machineId: string) => Promise<boolean>
  /** Part of the transaction that joins two machines, as the stock has it, while both are there. */
  onJoining: (parts: Parts, joining: Joining) => Promise<Announce>
  changed: (machine: Machine) => void
  removed: (id: string) => void
}

export type Decision = { other: string; by: string; at: Date }

function doubtOf({ doubts }: Memory, a: string, b: string): Doubt {
  const doubt = doubts.between(a, b)
  if (doubt === null) throw machineRefusal('DOUBT_UNKNOWN')
  return doubt
}

/** What the survivor is in doubt about once the other's doubts are its own; what was decided of either stays decided. */
function inherited({ doubts }: Memory, { survivor, away }: Joining): Doubt[] {
  return doubts.of(away.id).flatMap((doubt) => {
    const third = otherOf(doubt, away.id)
    if (third === null || third === survivor.id) return []
    const own = doubts.between(survivor.id, third)
    if (own !== null && (own.decision.kind === 'apart' || doubt.decision.kind === 'open')) return []
    return [{ ...doubt, machineIds: pairOf(survivor.id, third) }]
  })
}

/** What persons decide about machines; its caller lets one in after the other. */
export function createDecisions<Parts extends MachineParts>(dependencies: DecisionDependencies<Parts>) {
  const { store, hasRun, onJoining, changed, removed } = dependencies

  const refuseRunning = async (parts: Parts, machine: Machine): Promise<void> => {
    if (await hasRun(parts, machine.id)) throw machineRefusal('MACHINE_HAS_RUN', { label: labelOf(machine) })
  }

  const drop = ({ machines, doubts }: Memory, id: string): void => {
    const asked = doubts.of(id)
    for (const { machineIds } of asked) doubts.delete(machineIds)
    machines.delete(id)
    removed(id)
    for (const other of asked.flatMap((doubt) => machines.get(otherOf(doubt, id) ?? '') ?? [])) changed(other)
  }

  return {
    forget: async (memory: Memory, id: string): Promise<void> => {
      const machine = knownIn(memory, id)
      await store.transaction(async (parts) => {
        await refuseRunning(parts, machine)
        await parts.machines.remove(id)
      })
      drop(memory, id)
    },

    keepApart: async (memory: Memory, id: string, { other, by, at }: Decision): Promise<void> => {
      const [machine, second] = [knownIn(memory, id), knownIn(memory, other)]
      const decided: Doubt = { ...doubtOf(memory, id, other), decision: { kind: 'apart', by, at } }
      await store.doubts.put(decided)
      memory.doubts.set(decided)
      for (const one of [machine, second]) changed(one)
    },

    join: async (memory: Memory, id: string, { other, by, at }: Decision): Promise<void> => {
      const [survivor, away] = [knownIn(memory, id), knownIn(memory, other)]
      doubtOf(memory, id, other)
      const machine = joined(survivor, away)
      const doubts = inherited(memory, { survivor, away, by, at })
      const announce = await store.transaction(async (parts) => {
        await refuseRunning(parts, away)
        const announceRecord = await onJoining(parts, { survivor, away, by, at })
        await parts.machines.join({ survivor: id, away: other, newest: newestOf(survivor, away).id })
        await parts.machines.put(machine)
        for (const doubt of doubts) await parts.doubts.put(doubt)
        return announceRecord
      })
      drop(memory, other)
      memory.machines.set(machine)
      for (const doubt of doubts) memory.doubts.set(doubt)
      changed(machine)
      announce()
    },
  }
}
