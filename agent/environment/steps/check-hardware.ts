import { CheckHardwareInput } from '../../../tasksequences/steps/check-hardware.ts'
import { isFirmwareNewEnough } from '../../protocol/firmware-version.ts'
import { failure } from '../../protocol/failures/failures.ts'
import type { Disk, Inventory } from '../../protocol/inventory.ts'
import type { Failure } from '../../protocol/messages.ts'
import { StepError, type Step } from '../../runtime/step.ts'
import { isInternal } from '../../protocol/internal-disk.ts'
import { nameDisk } from '../disk/disk-identity.ts'
import type { StepDependencies } from '../dependencies.ts'
import { storageHidden } from '../disk/storage-mode.ts'
import { parseInput, sizeOr } from './input.ts'

export type HardwareNeeds = {
  memoryBytes: number
  diskBytes: number
  tpm: boolean
  secureBoot: boolean
  /** A storage controller in VMD or RAID mode is no reason to stop. */
  allowRaid: boolean
  /** Versions of firmware, one a family; empty for any. */
  firmware: readonly string[]
}

/** Without SMBIOS only the kernel's figure is known, which lacks what firmware and graphics keep for themselves. */
const kernelKeeps = 1.08

/** The first thing that is missing, in the order a technician would mend it; null when all is there. Pure. */
export function findLack(inventory: Inventory, disks: readonly Disk[], needs: HardwareNeeds): Failure | null {
  const { memory, tpm, secureBoot, devices, firmware } = inventory
  const fitted = memory.modules.length > 0 ? memory.totalBytes : memory.totalBytes * kernelKeeps
  if (fitted < needs.memoryBytes)
    return failure('MEMORY_TOO_SMALL', { size: memory.totalBytes, needed: needs.memoryBytes })
  const hidden = storageHidden(devices)
  if (hidden !== null && !needs.allowRaid) return hidden
  if (needs.diskBytes > 0) {
    const largest = disks.filter(isInternal).toSorted((one, other) => other.sizeBytes - one.sizeBytes)[0]
    if (largest === undefined) return hidden ?? failure('DISK_NONE', {})
    if (largest.sizeBytes < needs.diskBytes) {
      return failure('DISK_TOO_SMALL', { disk: nameDisk(largest), size: largest.sizeBytes, needed: needs.diskBytes })
    }
  }
  if (needs.tpm && !(tpm.present && (tpm.version ?? '').startsWith('2'))) {
    return failure('TPM_MISSING', { found: tpm.present ? (tpm.version ?? '?') : '-' })
  }
  // Firmware of another family is not judged: `verify` says that it cannot be compared.
  if (isFirmwareNewEnough(firmware.version ?? '', needs.firmware) === false) {
    return failure('FIRMWARE_TOO_OLD', { found: firmware.version ?? '?', needed: needs.firmware.join(', ') })
  }
  if (needs.secureBoot && secureBoot.state !== 'on') return failure('SECURE_BOOT_OFF', { state: secureBoot.state })
  return null
}

/** Stops before anything is written when the machine is not what the sequence needs. */
export function checkHardware(dependencies: StepDependencies): Step {
  return async (context) => {
    const input = parseInput(CheckHardwareInput, context)
    const { allowed, strangers } = await dependencies.runDisks.read()
    const disks = [...allowed, ...strangers]
    const lack = findLack(context.inventory, disks, {
      memoryBytes: sizeOr(input.memoryAtLeast, 0),
      diskBytes: sizeOr(input.diskAtLeast, 0),
      tpm: input.tpm === true,
      secureBoot: input.secureBoot === true,
      allowRaid: input.allowRaid === true,
      firmware: [input.firmwareAtLeast ?? []].flat(),
    })
    if (lack !== null) throw new StepError(lack)
    const { memory, tpm, secureBoot, firmware } = context.inventory
    return {
      result: {
        memoryBytes: memory.totalBytes,
        disks: disks.map(({ model, serial, sizeBytes, transport }) => ({ model, serial, sizeBytes, transport })),
        tpm: tpm.version,
        secureBoot: secureBoot.state,
        firmware: firmware.version,
      },
    }
  }
}
