import type { Disk } from '../../protocol/inventory.ts'
import { formatBytes, type Locale } from '../../../text/quantities.ts'

/** What a disk is known by beyond one boot; its kernel name is not. */
export type DiskIdentity = Pick<Disk, 'model' | 'serial' | 'wwn' | 'sizeBytes'>

export function identityOf({ model, serial, wwn, sizeBytes }: Disk): DiskIdentity {
  return { model, serial, wwn, sizeBytes }
}

/** Every part has to agree: two disks without a serial differ at least in size, or nobody can tell them apart. */
export function isDisk(identity: DiskIdentity, disk: Disk): boolean {
  return (
    disk.model === identity.model &&
    disk.serial === identity.serial &&
    disk.wwn === identity.wwn &&
    disk.sizeBytes === identity.sizeBytes
  )
}

/** `Samsung SSD 980 500GB (S64DNX0R123456)`: how the disk is called in every sentence and log line. */
export function nameDisk({ model, serial, wwn }: DiskIdentity): string {
  return `${model ?? '?'} (${serial ?? wwn ?? '?'})`
}

/** With its size, for a list to choose from. */
export function describeDisk(disk: Disk, locale: Locale): string {
  return `${disk.model ?? '?'}, ${formatBytes(disk.sizeBytes, locale)}, ${disk.serial ?? disk.wwn ?? disk.name}`
}

/** What a person's choice of this disk is written as: its serial; for a disk that has none, the next best thing. */
export function choiceValue({ name, serial, wwn }: Disk): string {
  return serial ?? wwn ?? `name:${name}`
}
