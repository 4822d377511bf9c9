import type { Disk, PinnedDisk } from '../../protocol/inventory.ts'
import { formatBytes, type Locale } from '../../../text/quantities.ts'

/** What a disk is known by beyond one boot; its kernel name is not. */
export type DiskIdentity = Pick<Disk, 'model' | 'serial' | 'wwn' | 'sizeBytes' | 'place'>

export function identityOf({ model, serial, wwn, sizeBytes, place }: Disk): DiskIdentity {
  return { model, serial, wwn, sizeBytes, ...(place === undefined ? {} : { place }) }
}

/** What is found of a disk among others. */
export type Found<One> = { kind: 'one'; disk: One } | { kind: 'none' } | { kind: 'twins' }

/**
 * The disk among others. Two that say the same of themselves (cheap disks have one serial for a whole batch) are told apart
 * by where they hang, or not at all. Pure.
 */
export function findDisk<One extends DiskIdentity>(wanted: DiskIdentity, among: readonly One[]): Found<One> {
  const alike = among.filter((one) => isAlike(wanted, one))
  const meant = alike.length > 1 ? alike.filter((one) => isSamePlace(wanted, one)) : alike
  const [disk, twin] = meant
  if (disk !== undefined) return twin === undefined ? { kind: 'one', disk } : { kind: 'twins' }
  return { kind: alike.length > 1 ? 'twins' : 'none' }
}

/**
 * Whether two descriptions can be of one disk. The size is the same, nothing that both say differs, and the serial or the
 * WWN agrees. Where neither description has a serial or a WWN, model, size and place together stand for them; where only
 * one has, as when a serial could not be read, nothing proves that they are one.
 */
function isAlike(one: DiskIdentity, other: DiskIdentity): boolean {
  if (one.sizeBytes !== other.sizeBytes) return false
  const names = [compare(one.serial, other.serial), compare(one.wwn, other.wwn)]
  if (names.includes('differ') || compare(one.model, other.model) === 'differ') return false
  if (names.includes('agree')) return true
  const hasName = [one, other].some(({ serial, wwn }) => serial !== null || wwn !== null)
  return !hasName && one.model === other.model && isSamePlace(one, other)
}

function compare(one: string | null, other: string | null): 'agree' | 'differ' | 'silent' {
  if (one === null || other === null) return 'silent'
  return one.trim().toLowerCase() === other.trim().toLowerCase() ? 'agree' : 'differ'
}

function isSamePlace(one: DiskIdentity, other: DiskIdentity): boolean {
  const place = one.place ?? null
  return place !== null && place === other.place
}

/** `Samsung SSD 980 500GB (S64DNX0R123456)`: how the disk is called in every sentence and log line. */
export function nameDisk({ model, serial, wwn }: DiskIdentity): string {
  return `${model ?? '?'} (${serial ?? wwn ?? '?'})`
}

/** With its size, for a list to choose from. */
export function describeDisk(disk: PinnedDisk, locale: Locale): string {
  const { name, model, serial, wwn, place } = disk
  return `${model ?? '?'}, ${formatBytes(disk.sizeBytes, locale)}, ${serial ?? wwn ?? place ?? name}`
}

/** What a person's choice of this disk is written as: what no other of these disks has, its serial if possible. */
export function choiceValue(disk: PinnedDisk, among: readonly PinnedDisk[]): string {
  const { name, serial, wwn, place = null } = disk
  const isOwn = (pick: (one: PinnedDisk) => string | null): boolean =>
    among.filter((one) => pick(one) === pick(disk)).length === 1
  if (serial !== null && isOwn((one) => one.serial)) return serial
  if (wwn !== null && isOwn((one) => one.wwn)) return wwn
  if (place !== null && isOwn((one) => one.place ?? null)) return place
  return `name:${name}`
}
