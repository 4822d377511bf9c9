import type { Disk, Inventory } from '../../agent/protocol/inventory.ts'
import { isInternal } from '../../agent/protocol/internal-disk.ts'
import { disksRevision } from './disks-revision.ts'

/** A disk that a run may erase, as a person tells it from others. */
export type InternalDisk = Pick<Disk, 'name' | 'model' | 'serial' | 'wwn' | 'sizeBytes'>

/**
 * What cards, lists and rules need of an inventory. Every machine has it at hand; the inventory itself, which may be a
 * hundred times as large, stays in the store.
 */
export type Hardware = {
  memoryBytes: number
  disks: InternalDisk[]
  disksRevision: string
  /** Addresses of its Wi-Fi cards, which tell less of who it is than those of wired ones. */
  wirelessMacs: string[]
}

/** What of an inventory is kept at hand. Pure. */
export function hardwareOf({ memory, disks, networkInterfaces }: Inventory): Hardware {
  return {
    disksRevision: disksRevision({ disks }),
    memoryBytes: memory.totalBytes,
    disks: disks
      .filter(isInternal)
      .map(({ name, model, serial, wwn, sizeBytes }) => ({ name, model, serial, wwn, sizeBytes })),
    wirelessMacs: networkInterfaces.filter(({ wireless }) => wireless).map(({ mac }) => mac.toLowerCase()),
  }
}
