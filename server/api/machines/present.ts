import type { BootIntent } from '../../netboot/intent.ts'
import type { TraceEntry as Trace } from '../../netboot/trace.ts'
import { labelOf, type Machine, type Presence } from '../../machines/machine.ts'
import type { MachineView, TraceEntry } from './schema.ts'

/** What lies around a machine and belongs on its card. */
export type MachineSurroundings = {
  presence: Presence
  recordId: string
  deploymentId: string | null
  boot: BootIntent
}

export function presentMachine(machine: Machine, around: MachineSurroundings): MachineView {
  const { id, code, name, uuid, serial, manufacturer, product, macs, inventory } = machine
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
    presence: presentPresence(around.presence),
    inventory,
    recordId: around.recordId,
    deploymentId: around.deploymentId,
    boot: around.boot,
  }
}

export function presentTraceEntry({ at, protocol, text, outcome }: Trace): TraceEntry {
  return { at: at.toISOString(), protocol, text, outcome }
}

function presentPresence(presence: Presence): MachineView['presence'] {
  switch (presence.kind) {
    case 'absent':
      return { kind: 'absent' }
    case 'booting':
      return { kind: 'booting', since: presence.since.toISOString(), doing: presence.doing }
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
