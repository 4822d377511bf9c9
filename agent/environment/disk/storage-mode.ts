import { judgeStorage } from '../../../images/driver-packs/storage.ts'
import { failure } from '../../protocol/failures/failures.ts'
import type { Device } from '../../protocol/inventory.ts'
import type { Failure } from '../../protocol/messages.ts'

/**
 * STORAGE_HIDDEN when an Intel storage controller is in VMD or RAID mode; null when none is. Linux has a driver for both
 * and sees the disks, Windows without Intel RST does not: it would stop at its first start (INACCESSIBLE_BOOT_DEVICE),
 * long after the disk was erased. Pure.
 */
export function storageHidden(devices: readonly Device[]): Failure | null {
  const verdict = judgeStorage(devices, () => null)
  if (verdict.state === 'plain') return null
  const names = new Set(verdict.controllers.map(({ device }) => device.hardwareId))
  return failure('STORAGE_HIDDEN', { controller: [...names].join(', ') })
}
