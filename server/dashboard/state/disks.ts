import type { MachineSummary, MachineView } from '../../api/machines/schema.ts'

export type Inventory = NonNullable<MachineView['inventory']>
export type Disk = Inventory['disks'][number]
type Hardware = NonNullable<MachineSummary['hardware']>
type InternalDisk = Hardware['disks'][number]

/** What a run that erases a disk will do on a machine, as far as its hardware is known. */
export type Erasure =
  { kind: 'one'; disk: InternalDisk } | { kind: 'asks'; disks: InternalDisk[] } | { kind: 'none' } | { kind: 'unknown' }

/** The agent never writes to removable media or the one it was started from; with two disks left it stops and asks. */
export function erasureOf(hardware: Hardware | null): Erasure {
  if (hardware === null) return { kind: 'unknown' }
  const { disks } = hardware
  const [first, second] = disks
  if (first === undefined) return { kind: 'none' }
  return second === undefined ? { kind: 'one', disk: first } : { kind: 'asks', disks }
}
