import type { MachineView } from '../../api/machines/schema.ts'

export type Inventory = NonNullable<MachineView['inventory']>
export type Disk = Inventory['disks'][number]

/** What a run that erases a disk will do on a machine, as far as its inventory tells. */
export type Erasure =
  { kind: 'one'; disk: Disk } | { kind: 'asks'; disks: Disk[] } | { kind: 'none' } | { kind: 'unknown' }

/** The agent never writes to removable media or the one it was started from; with two disks left it stops and asks. */
export function erasureOf(inventory: Inventory | null): Erasure {
  if (inventory === null) return { kind: 'unknown' }
  const disks = inventory.disks.filter(({ internal }) => internal)
  const [first, second] = disks
  if (first === undefined) return { kind: 'none' }
  return second === undefined ? { kind: 'one', disk: first } : { kind: 'asks', disks }
}
