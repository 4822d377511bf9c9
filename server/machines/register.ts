import { randomInt } from 'node:crypto'
import type { Inventory } from '../../agent/protocol/inventory.ts'
import type { Phase } from '../../tasksequences/sequence.ts'
import { createAnnouncements, type Announce } from '../events/announcements.ts'
import type { Transactions } from '../events/transactions.ts'
import { createTurns } from '../events/turns.ts'
import { findByBoot } from './boot-identity.ts'
import { makeCode } from './code.ts'
import { hardwareOf } from './hardware.ts'
import { identityOf, recognise, type KnownIdentity, type Recognition } from './identity.ts'
import { labelOf, type DescribedMachine, type Machine } from './machine.ts'
import type { MachineStore } from './machine-store.ts'
import { seenFromWindows } from './seen-from-windows.ts'
import { machineRefusal } from './errors.ts'

export type Meeting = {
  machine: Machine
  isNew: boolean
  /** Other machines that share a UUID, serial or MAC address with it; for the log and a person to look at. */
  conflicts: Machine[]
}

export type Register = {
  list(): Promise<Machine[]>
  get(id: string): Promise<Machine | null>
  /** The machine with its inventory, which is read from the store. */
  described(id: string): Promise<DescribedMachine | null>
  /**
   * Recognises the machine by UUID, serial and MACs together, makes it (with its stock record) if it is new, stores the
   * inventory: the environment's whole, of Windows' what the environment does not know better.
   */
  meet(inventory: Inventory, at: Date, phase?: Phase): Promise<Meeting>
  /** The machine that this inventory is of, without telling anybody; null for one never met. */
  recognise(inventory: Inventory): Promise<Machine | null>
  /** For network boot, before any inventory: null when unknown, or when several machines fit. */
  find(by: { uuid: string | null; mac: string | null }): Promise<Machine | null>
  /** Throws Refusal MACHINE_UNKNOWN, MACHINE_NAME_INVALID. */
  rename(id: string, name: string | null): Promise<Machine>
  /**
   * Removes a machine with everything that is kept of it; when it says hello again, it is a new one. Throws Refusal
   * MACHINE_UNKNOWN, MACHINE_HAS_RUN.
   */
  forget(id: string): Promise<void>
  onChange(listener: (machine: Machine) => void): () => void
  /** Told of a machine that is no longer there. */
  onRemoved(listener: (id: string) => void): () => void
}

type MachineParts = { machines: MachineStore }

export type RegisterDependencies<Parts extends MachineParts> = {
  store: MachineParts & Transactions<Parts>
  /** Part of the transaction that records a meeting, as the stock has it; gives what to announce when that is over. */
  onMeeting: (parts: Parts, machine: Machine, at: Date) => Promise<Announce>
  /** Whether a run of the machine goes on, within a transaction: its machine stays. */
  hasRun: (parts: Parts, machineId: string) => Promise<boolean>
  newId: () => string
  /** Whole numbers from 0 to below its argument; the system's own chance when not given. */
  random?: (below: number) => number
}

function knownIdentity({ id, uuid, serial, manufacturer, macs, lastSeenAt }: Machine): KnownIdentity {
  return { id, uuid, serial, manufacturer, macs, lastSeenAt }
}

/** The machine as it is after it was met with this inventory. A UUID or serial it no longer has is kept. */
function metAgain(machine: Machine, inventory: Inventory, at: Date): Machine {
  const { uuid, serial, macs } = identityOf(inventory)
  return {
    ...machine,
    uuid: uuid ?? machine.uuid,
    serial: serial ?? machine.serial,
    manufacturer: inventory.system.manufacturer ?? inventory.board.manufacturer,
    product: inventory.system.product ?? inventory.board.product,
    macs: macs.length > 0 ? macs : machine.macs,
    lastSeenAt: at,
    hardware: hardwareOf(inventory),
  }
}

/** Every machine there is, in memory as well as in the store: each network boot asks for one. Inventories are not. */
type Known = Map<string, Machine>

function knownIn(machines: Known, id: string): Machine {
  const machine = machines.get(id)
  if (!machine) throw machineRefusal('MACHINE_UNKNOWN', { id })
  return machine
}

/** The register over a store. */
export function createRegister<Parts extends MachineParts>({
  store,
  onMeeting,
  hasRun,
  newId,
  random = randomInt,
}: RegisterDependencies<Parts>): Register {
  const inTurn = createTurns()
  const changes = createAnnouncements<[Machine]>()
  const removals = createAnnouncements<[string]>()
  let loaded: Promise<Known> | null = null

  /** Read at the first question; a failure is not kept, so that the next question tries again. */
  const load = async (): Promise<Known> => {
    loaded ??= store.machines.all().then(
      (machines) => new Map(machines.map((machine) => [machine.id, machine])),
      (error: unknown) => {
        loaded = null
        throw error
      },
    )
    return loaded
  }

  const made = (machines: Known, at: Date): Machine => ({
    id: newId(),
    code: makeCode(new Set([...machines.values()].map(({ code }) => code)), random),
    ...{ name: null, uuid: null, serial: null, manufacturer: null, product: null, macs: [] },
    firstSeenAt: at,
    lastSeenAt: at,
    hardware: null,
  })

  /** A card that has moved takes its address along: the machine it was in before no longer answers to it. */
  const withoutMovedCards = (machines: Known, machine: Machine, recognition: Recognition): Machine[] =>
    [...machines.values()]
      .filter(({ id, macs }) => id !== machine.id && macs.some((mac) => machine.macs.includes(mac)))
      .filter(({ id }) => !recognition.conflicts.includes(id))
      .map((other) => ({ ...other, macs: other.macs.filter((mac) => !machine.macs.includes(mac)) }))

  const meet = async (reported: Inventory, at: Date, phase: Phase): Promise<Meeting> => {
    const machines = await load()
    const recognition = recognise(identityOf(reported), [...machines.values()].map(knownIdentity))
    const before = recognition.kind === 'same' ? knownIn(machines, recognition.id) : made(machines, at)
    const inventory =
      phase === 'windows' ? seenFromWindows(await store.machines.inventoryOf(before.id), reported) : reported
    const machine = metAgain(before, inventory, at)
    const written = [...withoutMovedCards(machines, machine, recognition), machine]
    const announce = await store.transaction(async (parts) => {
      for (const one of written) await parts.machines.put(one)
      await parts.machines.putInventory(machine.id, inventory)
      return onMeeting(parts, machine, at)
    })
    for (const one of written) machines.set(one.id, one)
    for (const one of written) changes.announce(one)
    announce()
    return {
      machine,
      isNew: recognition.kind === 'new',
      conflicts: recognition.conflicts.map((id) => knownIn(machines, id)),
    }
  }

  const forget = async (id: string): Promise<void> => {
    const machines = await load()
    const label = labelOf(knownIn(machines, id))
    await store.transaction(async (parts) => {
      if (await hasRun(parts, id)) throw machineRefusal('MACHINE_HAS_RUN', { label })
      await parts.machines.remove(id)
    })
    machines.delete(id)
    removals.announce(id)
  }

  return {
    list: async () => [...(await load()).values()],
    get: async (id) => (await load()).get(id) ?? null,
    described: async (id) => {
      const machine = (await load()).get(id)
      return machine === undefined ? null : { ...machine, inventory: await store.machines.inventoryOf(id) }
    },
    meet: (inventory, at, phase = 'environment') => inTurn(() => meet(inventory, at, phase)),
    recognise: async (inventory) => {
      const machines = await load()
      const recognition = recognise(identityOf(inventory), [...machines.values()].map(knownIdentity))
      return recognition.kind === 'same' ? knownIn(machines, recognition.id) : null
    },
    find: async (by) => {
      const machines = await load()
      const id = findByBoot(by, [...machines.values()].map(knownIdentity))
      return id === null ? null : knownIn(machines, id)
    },
    rename: (id, name) =>
      inTurn(async () => {
        const trimmed = name?.trim() ?? null
        if (trimmed !== null && (trimmed === '' || trimmed.length > 64)) throw machineRefusal('MACHINE_NAME_INVALID')
        const machines = await load()
        const machine = { ...knownIn(machines, id), name: trimmed }
        await store.machines.put(machine)
        machines.set(id, machine)
        changes.announce(machine)
        return machine
      }),
    forget: (id) => inTurn(() => forget(id)),
    onChange: changes.add,
    onRemoved: removals.add,
  }
}
