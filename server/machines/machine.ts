import type { BootStage } from './boot-stage.ts'
import type { Inventory } from '../../agent/protocol/inventory.ts'
import type { Phase } from '../../tasksequences/sequence.ts'
import type { Sentence } from '../../text/sentence.ts'
import type { Hardware } from './hardware.ts'

/** A physical PC, known by SMBIOS UUID, serial and MAC addresses together (no one of them alone can be trusted). */
export type Machine = {
  id: string
  /** Four characters that its own screen and the dashboard both show. */
  code: string
  /** A name a person gave it, else null. */
  name: string | null
  uuid: string | null
  serial: string | null
  manufacturer: string | null
  product: string | null
  macs: string[]
  firstSeenAt: Date
  lastSeenAt: Date
  /** Null until its agent has described it. */
  hardware: Hardware | null
}

/** A machine with all that it said of itself. */
export type DescribedMachine = Machine & { inventory: Inventory | null }

/** Where a machine is just now; lives in memory, since a restart of the server makes it unknown until the next poll. */
export type Presence =
  | { kind: 'absent' }
  | { kind: 'booting'; since: Date; doing: BootStage }
  /** Its firmware asked and was given nothing to boot. */
  | { kind: 'refused'; since: Date; reason: Sentence }
  | { kind: 'present'; since: Date; phase: Phase; address: string }

/** What a person calls a machine: its name, else serial, else code. */
export function labelOf(machine: Pick<Machine, 'name' | 'serial' | 'code'>): string {
  return machine.name ?? machine.serial ?? machine.code
}
