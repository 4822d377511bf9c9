import type { DiskChoice } from '../../../tasksequences/steps/partition-disk.ts'
import { failure } from '../../protocol/failures/failures.ts'
import { isInternal } from '../../protocol/internal-disk.ts'
import type { Device, PinnedDisk } from '../../protocol/inventory.ts'
import type { Failure } from '../../protocol/messages.ts'
import { choiceValue, describeDisk, nameDisk } from './disk-identity.ts'
import { storageHidden } from './storage-mode.ts'

export type DiskDecision<One extends PinnedDisk> = { kind: 'chosen'; disk: One } | { kind: 'refused'; failure: Failure }

export type DiskQuestion<One extends PinnedDisk = PinnedDisk> = {
  disks: readonly One[]
  devices: readonly Device[]
  rule: DiskChoice
  /** What has to fit on it. */
  neededBytes: number
}

/**
 * Which disk may be erased. Never the boot medium, never a removable one, never one by USB unless its serial is named,
 * never one that is too small; where two remain and the rule does not tell them apart, a person is asked.
 */
export function chooseDisk<One extends PinnedDisk>(question: DiskQuestion<One>): DiskDecision<One> {
  const { disks, rule } = question
  if (typeof rule === 'object' && !('model' in rule))
    return chooseNamed(question, 'serial' in rule ? rule.serial : rule.wwn)
  const internal = disks.filter(isInternal)
  const meant = typeof rule === 'object' ? internal.filter(({ model }) => isSameText(model, rule.model)) : internal
  if (meant.length === 0) return refuse(nothingThere(question))
  const fitting = meant.filter(({ sizeBytes }) => sizeBytes >= question.neededBytes)
  const [largest] = bySize(meant).slice(-1)
  if (fitting.length === 0 && largest !== undefined) return refuse(tooSmall(largest, question.neededBytes))
  return onlyOne(rule === 'smallest' || rule === 'largest' ? extreme(fitting, rule) : fitting, disks)
}

function chooseNamed<One extends PinnedDisk>(
  { disks, neededBytes }: DiskQuestion<One>,
  name: string,
): DiskDecision<One> {
  const named = disks.filter((disk) => isNamed(disk, disks, name))
  const [disk, another] = named
  if (disk === undefined) return refuse(failure('DISK_GONE', { disk: name }))
  if (another !== undefined) return onlyOne(named, disks)
  if (disk.bootMedium) return refuse(failure('DISK_IS_BOOT_MEDIUM', { disk: nameDisk(disk) }))
  if (disk.removable) return refuse(failure('DISK_REMOVABLE', { disk: nameDisk(disk) }))
  if (disk.sizeBytes < neededBytes) return refuse(tooSmall(disk, neededBytes))
  return { kind: 'chosen', disk }
}

/** Whether a person or a sequence means this disk by a serial, a WWN, or what a choice offered. */
export function isNamed(disk: PinnedDisk, among: readonly PinnedDisk[], name: string): boolean {
  return [disk.serial, disk.wwn, choiceValue(disk, among)].some((value) => isSameText(value, name))
}

function onlyOne<One extends PinnedDisk>(disks: readonly One[], among: readonly One[]): DiskDecision<One> {
  const [disk, another] = disks
  if (disk !== undefined && another === undefined) return { kind: 'chosen', disk }
  const options = disks.map((one) => ({
    value: choiceValue(one, among),
    label: { fr: describeDisk(one, 'fr'), en: describeDisk(one, 'en') },
  }))
  return refuse(failure('DISK_AMBIGUOUS', { count: disks.length }, { choice: { variable: 'disk', options } }))
}

function extreme<One extends PinnedDisk>(disks: readonly One[], rule: 'smallest' | 'largest'): One[] {
  const sorted = bySize(disks)
  const wanted = sorted.at(rule === 'smallest' ? 0 : -1)?.sizeBytes
  return sorted.filter(({ sizeBytes }) => sizeBytes === wanted)
}

function bySize<One extends PinnedDisk>(disks: readonly One[]): One[] {
  return disks.toSorted((one, other) => one.sizeBytes - other.sizeBytes)
}

/** A RAID or VMD controller without an NVMe disk to be seen is the common reason on Intel machines. */
function nothingThere({ disks, devices, rule }: DiskQuestion): Failure {
  const hidden = storageHidden(devices)
  if (hidden !== null && !disks.some(({ transport }) => transport === 'nvme')) return hidden
  return typeof rule === 'object' && 'model' in rule
    ? failure('DISK_GONE', { disk: rule.model })
    : failure('DISK_NONE', {})
}

function tooSmall(disk: PinnedDisk, needed: number): Failure {
  return failure('DISK_TOO_SMALL', { disk: nameDisk(disk), size: disk.sizeBytes, needed })
}

function refuse(because: Failure): DiskDecision<never> {
  return { kind: 'refused', failure: because }
}

function isSameText(one: string | null, other: string): boolean {
  return one !== null && one.trim().toLowerCase() === other.trim().toLowerCase()
}
