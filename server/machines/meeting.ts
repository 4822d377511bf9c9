import type { Inventory } from '../../agent/protocol/inventory.ts'
import type { Phase } from '../../tasksequences/sequence.ts'
import type { Announce } from '../events/announcements.ts'
import { makeCode } from './code.ts'
import type { Doubt } from './doubt.ts'
import { hardwareOf } from './hardware.ts'
import { identityOf } from './identity.ts'
import type { LearntFiller, LearntFillers } from './learnt-fillers.ts'
import type { Machine } from './machine.ts'
import { knownIn, type MachineParts, type Memory, type RegisterStore } from './memory.ts'
import { seenFromWindows } from './seen-from-windows.ts'
import { newDoubts, sight, type Sighting } from './sighting.ts'

export type Meeting = {
  machine: Machine
  isNew: boolean
  /** Other machines that share something with it; for the log. */
  conflicts: Machine[]
  /** Doubts that this meeting opened: a person decides. */
  opened: Doubt[]
  /** Values that this meeting showed to be fillers. */
  learnt: LearntFiller[]
}

/** Somebody says hello; `knownAs` is the machine that it has proved to be. */
export type Hello = { inventory: Inventory; at: Date; phase: Phase; knownAs: string | null }

export type MeetingDependencies<Parts extends MachineParts> = {
  store: RegisterStore<Parts>
  /** Part of the transaction that records a meeting, as the stock has it; gives what to announce when that is over. */
  onMeeting: (parts: Parts, machine: Machine, at: Date) => Promise<Announce>
  newId: () => string
  random: (below: number) => number
  changed: (machine: Machine) => void
}

/** The machine as it is after it was met with this inventory. A UUID or serial it no longer has is kept. */
function metAgain(machine: Machine, inventory: Inventory, at: Date, fillers: LearntFillers): Machine {
  const before = fillers.stripped(machine)
  const { uuid, serial, macs } = fillers.stripped(identityOf(inventory))
  return {
    ...before,
    uuid: uuid ?? before.uuid,
    serial: serial ?? before.serial,
    manufacturer: inventory.system.manufacturer ?? inventory.board.manufacturer,
    product: inventory.system.product ?? inventory.board.product,
    macs: macs.length > 0 ? macs : before.macs,
    lastSeenAt: at,
    hardware: hardwareOf(inventory),
  }
}

/** What a machine that has proved who it is leaves to recognise: nothing. */
function proven(id: string, { fillers }: Memory): Sighting {
  return { recognition: { id, doubts: [], shares: [] }, fillers, learnt: [], stripped: [], dissolved: [] }
}

/** A card that has moved takes its address along: a machine that is surely another one no longer answers to it. */
function withoutMovedCards(machine: Machine, { machines, doubts }: Memory, opened: readonly Doubt[]): Machine[] {
  const isOpen = (id: string) =>
    doubts.between(machine.id, id)?.decision.kind === 'open' || opened.some(({ machineIds }) => machineIds.includes(id))
  return machines
    .like({ uuid: null, serial: null, macs: machine.macs, disks: [] })
    .filter(({ id }) => id !== machine.id && !isOpen(id))
    .flatMap(({ id }) => machines.get(id) ?? [])
    .map((other) => ({ ...other, macs: other.macs.filter((mac) => !machine.macs.includes(mac)) }))
}

/** Meets machines, one after the other: what is recorded of a meeting is in the store before anybody is answered. */
export function createMeetings<Parts extends MachineParts>(dependencies: MeetingDependencies<Parts>) {
  const { store, onMeeting, newId, random, changed } = dependencies

  const made = ({ machines }: Memory, at: Date): Machine => ({
    id: newId(),
    code: makeCode(machines.codes(), random),
    ...{ name: null, uuid: null, serial: null, manufacturer: null, product: null, macs: [] },
    firstSeenAt: at,
    lastSeenAt: at,
    hardware: null,
  })

  return async (memory: Memory, { inventory: reported, at, phase, knownAs }: Hello): Promise<Meeting> => {
    const isProven = knownAs !== null && memory.machines.get(knownAs) !== null
    const sighting = isProven ? proven(knownAs, memory) : sight(identityOf(reported), memory, at)
    const { recognition, fillers, learnt, stripped, dissolved } = sighting
    const before = recognition.id === null ? made(memory, at) : knownIn(memory, recognition.id)
    const inventory =
      phase === 'windows' ? seenFromWindows(await store.machines.inventoryOf(before.id), reported) : reported
    const machine = metAgain(before, inventory, at, fillers)
    const opened = newDoubts(machine.id, sighting, memory, at)
    const written = new Map(stripped.map((one) => [one.id, one]))
    for (const other of withoutMovedCards(machine, memory, opened))
      written.set(other.id, { ...(written.get(other.id) ?? other), macs: other.macs })
    written.set(machine.id, machine)
    const announce = await store.transaction(async (parts) => {
      for (const one of written.values()) await parts.machines.put(one)
      await parts.machines.putInventory(machine.id, inventory)
      for (const filler of learnt) await parts.learntFillers.put(filler)
      for (const { machineIds } of dissolved) await parts.doubts.remove(machineIds)
      for (const doubt of opened) await parts.doubts.put(doubt)
      return onMeeting(parts, machine, at)
    })
    memory.fillers = fillers
    for (const one of written.values()) memory.machines.set(one)
    for (const { machineIds } of dissolved) memory.doubts.delete(machineIds)
    for (const doubt of opened) memory.doubts.set(doubt)
    const touched = new Set([...written.keys(), ...[...dissolved, ...opened].flatMap(({ machineIds }) => machineIds)])
    for (const id of touched) changed(knownIn(memory, id))
    announce()
    const others = new Set([...recognition.doubts.map(({ id }) => id), ...recognition.shares])
    return {
      ...{ machine, isNew: recognition.id === null, opened, learnt },
      conflicts: [...others].flatMap((id) => memory.machines.get(id) ?? []),
    }
  }
}
