import { Type, type Static } from 'typebox'
import { Phase } from '../../../tasksequences/sequence.ts'
import { Disk, Inventory } from '../../../agent/protocol/inventory.ts'
import { RecordStateView } from '../stock/schema.ts'
import { Sentence } from '../../../agent/protocol/messages.ts'

const MaybeText = Type.Union([Type.String(), Type.Null()])

/** The machine's own words, and which of its disks a run may erase. */
const InventoryView = Type.Object({
  ...Inventory.properties,
  disks: Type.Array(Type.Object({ ...Disk.properties, internal: Type.Boolean() })),
})

/** What lists and cards show of the hardware: memory, and the disks that a run may erase. */
const HardwareView = Type.Object({
  memoryBytes: Type.Integer(),
  disks: Type.Array(Type.Pick(Disk, ['name', 'model', 'serial', 'wwn', 'sizeBytes'])),
  /** Names these disks: whoever starts a run that erases one says with it which were seen. */
  disksRevision: Type.String(),
})

/** Another machine that this one may be, with what a person tells the two by. */
const DoubtView = Type.Object({
  /** Machine-readable: what the two share, as `CLONES`. */
  reason: Type.String(),
  message: Sentence,
  fix: Sentence,
  since: Type.String({ format: 'date-time' }),
  other: Type.Object({
    id: Type.String(),
    code: Type.String(),
    label: Type.String(),
    product: MaybeText,
    uuid: MaybeText,
    serial: MaybeText,
    macs: Type.Array(Type.String()),
    hardware: Type.Union([HardwareView, Type.Null()]),
    firstSeenAt: Type.String({ format: 'date-time' }),
    lastSeenAt: Type.String({ format: 'date-time' }),
  }),
})
export type DoubtView = Static<typeof DoubtView>
/** Somebody who said that he is this machine, was not believed, and was given nothing. */
export const StrangerView = Type.Object({
  address: Type.String(),
  phase: Phase,
  times: Type.Integer(),
  lastAt: Type.String({ format: 'date-time' }),
})

/** How far it is on its way from power-on to the agent. */
export const BootStageView = Type.Union([
  Type.Literal('dhcp'),
  Type.Literal('loader'),
  Type.Literal('kernel'),
  Type.Literal('root'),
])
export type BootStageView = Static<typeof BootStageView>

/** A machine in a list and in a live event: everything but its inventory, which only its own route gives. */
export const MachineSummary = Type.Object({
  id: Type.String(),
  code: Type.String(),
  /** What people call it: its name, else its serial, else its code. */
  label: Type.String(),
  name: MaybeText,
  uuid: MaybeText,
  serial: MaybeText,
  manufacturer: MaybeText,
  product: MaybeText,
  macs: Type.Array(Type.String()),
  firstSeenAt: Type.String({ format: 'date-time' }),
  lastSeenAt: Type.String({ format: 'date-time' }),
  presence: Type.Union([
    Type.Object({ kind: Type.Literal('absent') }),
    Type.Object({
      kind: Type.Literal('booting'),
      since: Type.String({ format: 'date-time' }),
      doing: BootStageView,
    }),
    Type.Object({
      kind: Type.Literal('refused'),
      since: Type.String({ format: 'date-time' }),
      reason: Sentence,
    }),
    Type.Object({
      kind: Type.Literal('present'),
      since: Type.String({ format: 'date-time' }),
      phase: Phase,
      address: Type.String(),
    }),
  ]),
  /** Null until its agent has described it. */
  hardware: Type.Union([HardwareView, Type.Null()]),
  recordId: Type.String(),
  recordState: RecordStateView,
  /** Whether an agent is left in its Windows, asleep perhaps: a run that begins there needs one. */
  hasAgent: Type.Boolean(),
  /** The run that is going on, or the last one. */
  deploymentId: MaybeText,
  /** Of the last day, the latest first, a few at most. */
  strangers: Type.Array(StrangerView),
  /** What the machine gets at its next network boot, and why. */
  boot: Type.Object({
    intent: Type.Union([Type.Literal('environment'), Type.Literal('local-disk')]),
    reason: Sentence,
  }),
  /** What a person has to decide before a run is started on it. */
  doubts: Type.Array(DoubtView),
})
export type MachineSummary = Static<typeof MachineSummary>

/** GET /api/machines/:id */
export const MachineView = Type.Object({
  ...MachineSummary.properties,
  inventory: Type.Union([InventoryView, Type.Null()]),
})
export type MachineView = Static<typeof MachineView>

/** GET /api/machines/:id/trace: what the firmware asked and got, newest last. */
export const TraceEntry = Type.Object({
  at: Type.String({ format: 'date-time' }),
  protocol: Type.Union([Type.Literal('dhcp'), Type.Literal('tftp'), Type.Literal('http'), Type.Literal('agent')]),
  text: Sentence,
  outcome: Type.Union([Type.Literal('ok'), Type.Literal('refused'), Type.Literal('failed')]),
})
export type TraceEntry = Static<typeof TraceEntry>

export const MachineList = Type.Object({ items: Type.Array(MachineSummary), next: MaybeText })
/** POST /api/machines/:id/join and /apart: the other machine of a doubt. */
export const DoubtDecision = Type.Object({ other: Type.String({ pattern: '^[\\w.-]{1,128}$' }) })
export const MachineChange = Type.Object({
  name: Type.Union([Type.String({ minLength: 1, maxLength: 64 }), Type.Null()]),
})
