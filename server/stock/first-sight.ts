import { isInternal } from '../../agent/protocol/internal-disk.ts'
import type { Inventory } from '../../agent/protocol/inventory.ts'

/** Whether somebody has fitted what a bare box lacks: memory and an internal disk. */
export function isAssembled(inventory: Inventory): boolean {
  return inventory.memory.totalBytes > 0 && inventory.disks.some(isInternal)
}
