import type { Inventory } from '../../agent/protocol/inventory.ts'

/** Whether somebody has fitted what a bare box lacks: memory and an internal disk. */
export function isAssembled(inventory: Inventory): boolean {
  const internal = inventory.disks.filter(({ removable, bootMedium, transport }) => {
    return !removable && !bootMedium && transport !== 'usb'
  })
  return inventory.memory.totalBytes > 0 && internal.length > 0
}
