import type { MachineSummary, MachineView } from '../../api/machines/schema.ts'
import type { SequenceView } from '../../api/sequences/schema.ts'

export type Inventory = NonNullable<MachineView['inventory']>
export type Disk = Inventory['disks'][number]
type DiskChoice = NonNullable<SequenceView['disk']>
type Hardware = NonNullable<MachineSummary['hardware']>
type InternalDisk = Hardware['disks'][number]

/** What a run that erases a disk will do on a machine, as far as its hardware is known. */
export type Erasure =
  | { kind: 'one'; disk: InternalDisk }
  | { kind: 'asks'; disks: InternalDisk[] }
  /** The smallest that is large enough, which depends on the image. */
  | { kind: 'smallest'; disks: InternalDisk[] }
  /** None of its internal disks is the one that the sequence names. */
  | { kind: 'missing' }
  | { kind: 'none' }
  | { kind: 'unknown' }

/**
 * The agent never writes to removable media or the one it was started from, and decides the sequence's rule over the disks
 * that are shown here; where that leaves two, it stops and asks.
 */
export function erasureOf(hardware: Hardware | null, rule: DiskChoice | null): Erasure {
  if (hardware === null) return { kind: 'unknown' }
  if (hardware.disks.length === 0) return { kind: 'none' }
  const disks = meantBy(rule, hardware.disks)
  const [first, second] = disks
  if (first === undefined) return { kind: 'missing' }
  if (second === undefined) return { kind: 'one', disk: first }
  return { kind: rule === 'smallest' ? 'smallest' : 'asks', disks }
}

function meantBy(rule: DiskChoice | null, disks: InternalDisk[]): InternalDisk[] {
  if (rule === 'largest') {
    const most = Math.max(...disks.map(({ sizeBytes }) => sizeBytes))
    return disks.filter(({ sizeBytes }) => sizeBytes === most)
  }
  if (rule === null || typeof rule === 'string') return disks
  if ('model' in rule) return disks.filter(({ model }) => isSame(model, rule.model))
  const name = 'serial' in rule ? rule.serial : rule.wwn
  return disks.filter(({ serial, wwn }) => isSame(serial, name) || isSame(wwn, name))
}

function isSame(one: string | null, other: string): boolean {
  return one?.trim().toLowerCase() === other.trim().toLowerCase()
}
