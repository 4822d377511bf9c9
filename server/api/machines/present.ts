import { isInternal } from '../../../agent/protocol/internal-disk.ts'
import type { Inventory } from '../../../agent/protocol/inventory.ts'
import type { BootIntent } from '../../netboot/intent.ts'
import type { TraceEntry as Trace } from '../../netboot/trace.ts'
import type { Doubt } from '../../machines/doubt.ts'
import { doubtSentences } from '../../machines/doubt-sentences.ts'
import type { Hardware } from '../../machines/hardware.ts'
import type { Stranger } from '../../machines/claims/strangers.ts'
import { labelOf, type Machine, type Presence } from '../../machines/machine.ts'
import type { RecordState } from '../../stock/record.ts'
import type { DoubtView, MachineSummary, MachineView, TraceEntry } from './schema.ts'

/** What a machine's card shows beside the machine. */
export type MachineContext = {
  presence: Presence
  record: { id: string; state: RecordState }
  hasAgent: boolean
  deploymentId: string | null
  boot: BootIntent
  doubts: DoubtView[]
  strangers: readonly Stranger[]
}

export function presentMachine(machine: Machine, context: MachineContext): MachineSummary {
  const { id, code, name, uuid, serial, manufacturer, product, macs, hardware } = machine
  return {
    id,
    code,
    label: labelOf(machine),
    name,
    uuid,
    serial,
    manufacturer,
    product,
    macs,
    firstSeenAt: machine.firstSeenAt.toISOString(),
    lastSeenAt: machine.lastSeenAt.toISOString(),
    presence: presentPresence(context.presence),
    hardware: presentHardware(hardware),
    recordId: context.record.id,
    recordState: context.record.state,
    hasAgent: context.hasAgent,
    deploymentId: context.deploymentId,
    strangers: context.strangers.map((one) => ({ ...one, lastAt: one.lastAt.toISOString() })),
    boot: context.boot,
    doubts: context.doubts,
  }
}

function presentHardware(hardware: Hardware | null): MachineSummary['hardware'] {
  if (hardware === null) return null
  const { memoryBytes, disks, disksRevision } = hardware
  return { memoryBytes, disks, disksRevision }
}

/** A doubt as it stands beside one of its two machines. */
export function presentDoubt({ reason, since }: Doubt, other: Machine): DoubtView {
  const { message, fix } = doubtSentences[reason]
  const { id, code, product, uuid, serial, macs } = other
  return {
    ...{ reason, message: message({}), fix: fix({}), since: since.toISOString() },
    other: {
      ...{ id, code, label: labelOf(other), product, uuid, serial, macs },
      hardware: presentHardware(other.hardware),
      ...{ firstSeenAt: other.firstSeenAt.toISOString(), lastSeenAt: other.lastSeenAt.toISOString() },
    },
  }
}

export function presentTraceEntry({ at, protocol, text, outcome }: Trace): TraceEntry {
  return { at: at.toISOString(), protocol, text, outcome }
}

/** An inventory with, of each disk, whether a run may erase it unasked: the dashboard shows it and judges nothing. */
export function presentInventory(inventory: Inventory): NonNullable<MachineView['inventory']> {
  return { ...inventory, disks: inventory.disks.map((disk) => ({ ...disk, internal: isInternal(disk) })) }
}

function presentPresence(presence: Presence): MachineSummary['presence'] {
  switch (presence.kind) {
    case 'absent':
      return { kind: 'absent' }
    case 'booting':
      return { kind: 'booting', since: presence.since.toISOString(), doing: presence.doing }
    case 'refused':
      return { kind: 'refused', since: presence.since.toISOString(), reason: presence.reason }
    case 'present':
      return {
        kind: 'present',
        since: presence.since.toISOString(),
        phase: presence.phase,
        address: presence.address,
      }
    default:
      return presence satisfies never
  }
}
