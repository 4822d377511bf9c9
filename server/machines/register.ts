import { randomInt } from 'node:crypto'
import type { Inventory } from '../../agent/protocol/inventory.ts'
import type { Phase } from '../../tasksequences/sequence.ts'
import { createAnnouncements } from '../events/announcements.ts'
import { createTurns } from '../events/turns.ts'
import { findByBoot } from './boot-identity.ts'
import { createDecisions, type Decision, type DecisionDependencies } from './decisions.ts'
import type { Doubt } from './doubt.ts'
import { machineRefusal } from './errors.ts'
import { usableMac, usableUuid } from './fillers.ts'
import { identityOf } from './identity.ts'
import type { DescribedMachine, Machine } from './machine.ts'
import { createMeetings, type Meeting, type MeetingDependencies } from './meeting.ts'
import { createMemory, knownIn, type MachineParts } from './memory.ts'
import { sight } from './sighting.ts'

export type { Meeting } from './meeting.ts'

export type Register = {
  list(): Promise<Machine[]>
  get(id: string): Promise<Machine | null>
  /** The machine with its inventory, which is read from the store. */
  described(id: string): Promise<DescribedMachine | null>
  /**
   * Recognises the machine by UUID, serial, cards and disks together, makes it (with its stock record) if it is new, stores
   * the inventory: the environment's whole, of Windows' what the environment does not know better. Where it is not sure, it
   * is a new machine beside the one it may be, with a doubt between them.
   *
   * @param knownAs the machine that it has proved to be, which then is asked no further.
   */
  meet(inventory: Inventory, at: Date, phase?: Phase, knownAs?: string | null): Promise<Meeting>
  /** The machine that this inventory is of, without telling anybody; null for one never met. */
  recognise(inventory: Inventory): Promise<Machine | null>
  /** For network boot, before any inventory: null when unknown, or when several machines fit. */
  find(by: { uuid: string | null; mac: string | null }): Promise<Machine | null>
  /** Throws Refusal MACHINE_UNKNOWN, MACHINE_NAME_INVALID. */
  rename(id: string, name: string | null): Promise<Machine>
  /** What a person has yet to decide about a machine. */
  openDoubts(id: string): Promise<Doubt[]>
  /**
   * Two records are of one PC: the other's runs, keys and history go into this one's. Throws Refusal MACHINE_UNKNOWN,
   * DOUBT_UNKNOWN, MACHINE_HAS_RUN (of the other).
   */
  join(id: string, decision: Decision): Promise<Machine>
  /** Two records are of two PCs, and nobody is asked again. Throws Refusal MACHINE_UNKNOWN, DOUBT_UNKNOWN. */
  keepApart(id: string, decision: Decision): Promise<Machine>
  /**
   * Removes a machine with everything that is kept of it; when it says hello again, it is a new one. Throws Refusal
   * MACHINE_UNKNOWN, MACHINE_HAS_RUN.
   */
  forget(id: string): Promise<void>
  onChange(listener: (machine: Machine) => void): () => void
  /** Told of a machine that is no longer there. */
  onRemoved(listener: (id: string) => void): () => void
}

export type RegisterDependencies<Parts extends MachineParts> = Omit<MeetingDependencies<Parts>, 'changed' | 'random'> &
  Omit<DecisionDependencies<Parts>, 'changed' | 'removed'> & {
    /** Whole numbers from 0 to below its argument; the system's own chance when not given. */
    random?: (below: number) => number
  }

function nameIn(text: string | null): string | null {
  const name = text?.trim() ?? null
  if (name !== null && (name === '' || name.length > 64)) throw machineRefusal('MACHINE_NAME_INVALID')
  return name
}

/** The register over a store. */
export function createRegister<Parts extends MachineParts>(dependencies: RegisterDependencies<Parts>): Register {
  const { store, random = randomInt } = dependencies
  const inTurn = createTurns()
  const changes = createAnnouncements<[Machine]>()
  const removals = createAnnouncements<[string]>()
  const load = createMemory(store)
  const announcing = { changed: changes.announce, removed: removals.announce }
  const meet = createMeetings({ ...dependencies, ...announcing, random })
  const decide = createDecisions({ ...dependencies, ...announcing })

  return {
    list: async () => (await load()).machines.all(),
    get: async (id) => (await load()).machines.get(id),
    described: async (id) => {
      const machine = (await load()).machines.get(id)
      return machine && { ...machine, inventory: await store.machines.inventoryOf(id) }
    },
    meet: (inventory, at, phase = 'environment', knownAs = null) =>
      inTurn(async () => meet(await load(), { inventory, at, phase, knownAs })),
    recognise: async (inventory) => {
      const memory = await load()
      const { id } = sight(identityOf(inventory), memory, new Date(0)).recognition
      return id === null ? null : memory.machines.get(id)
    },
    find: async (by) => {
      const { machines, fillers } = await load()
      const { uuid } = fillers.stripped({ uuid: usableUuid(by.uuid), serial: null })
      const mac = usableMac(by.mac)
      const macs = mac === null ? [] : [mac]
      const id = findByBoot({ uuid, mac }, machines.like({ uuid, serial: null, macs, disks: [] }))
      return id === null ? null : machines.get(id)
    },
    rename: (id, text) =>
      inTurn(async () => {
        const name = nameIn(text)
        const memory = await load()
        const machine = { ...knownIn(memory, id), name }
        await store.machines.put(machine)
        memory.machines.set(machine)
        changes.announce(machine)
        return machine
      }),
    openDoubts: async (id) => (await load()).doubts.of(id).filter(({ decision }) => decision.kind === 'open'),
    join: (id, decision) =>
      inTurn(async () => {
        const memory = await load()
        await decide.join(memory, id, decision)
        return knownIn(memory, id)
      }),
    keepApart: (id, decision) =>
      inTurn(async () => {
        const memory = await load()
        await decide.keepApart(memory, id, decision)
        return knownIn(memory, id)
      }),
    forget: (id) => inTurn(async () => decide.forget(await load(), id)),
    onChange: changes.add,
    onRemoved: removals.add,
  }
}
