import type { Hardware } from '../machines/hardware.ts'

/** Whether somebody has fitted what a bare box lacks: memory and an internal disk. */
export function isAssembled({ memoryBytes, disks }: Hardware): boolean {
  return memoryBytes > 0 && disks.length > 0
}
