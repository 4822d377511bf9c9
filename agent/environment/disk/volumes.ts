import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { parseGuid, type Guid } from '../../../images/bcd/guid.ts'
import { partitionDisk } from '../../../tasksequences/steps/partition-disk.ts'
import { Disk } from '../../protocol/inventory.ts'
import { failure } from '../../protocol/failures/failures.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'
import { findDisk, nameDisk } from './disk-identity.ts'
import { missing } from './pinned-disks.ts'
import type { StepDependencies } from '../dependencies.ts'
import { partitionName } from '../inventory/disk-use.ts'
import { mustRun } from '../steps/program.ts'

const Volume = Type.Object({
  number: Type.Integer({ minimum: 1 }),
  guid: Type.String(),
  firstSector: Type.Integer(),
  sizeBytes: Type.Integer(),
})

/** What `partition-disk` leaves for the steps after it, and for the record. */
export const PartitionResult = Type.Object({
  disk: Type.Pick(Disk, ['model', 'serial', 'wwn', 'sizeBytes', 'place']),
  label: Type.String(),
  partitions: Type.Object({
    esp: Volume,
    msr: Volume,
    windows: Volume,
    recovery: Type.Optional(Volume),
  }),
})
export type PartitionResult = Static<typeof PartitionResult>

export type VolumeRole = 'esp' | 'windows' | 'recovery'

export type LocatedVolume = {
  role: VolumeRole
  /** `/dev/nvme0n1p3`. */
  device: string
  number: number
  /** Its unique GUID in the partition table. */
  guid: string
  firstSector: number
  sizeBytes: number
  diskDevice: string
  /** For sentences. */
  diskName: string
  label: string
}

/**
 * Finds the partition again by what it is, not by yesterday's kernel name: the disk by model, serial, WWN and size, the
 * partition by its unique GUID. Throws DISK_UNKNOWN when this run made none, DISK_GONE when it is not there any more.
 */
export async function locateVolume(
  context: StepContext,
  dependencies: StepDependencies,
  role: VolumeRole,
): Promise<LocatedVolume> {
  const made = context.work.results[partitionDisk.type]
  if (!Value.Check(PartitionResult, made)) {
    throw new StepError(failure('DISK_UNKNOWN', { step: context.work.step.type }))
  }
  const gone = (detail: string): StepError =>
    new StepError(failure('DISK_GONE', { disk: nameDisk(made.disk) }, { detail }))
  const volume = made.partitions[role]
  if (volume === undefined) throw gone(`no partition ${role} was made`)
  const { pins, read } = dependencies.runDisks
  const { allowed, strangers } = await read()
  const found = findDisk(made.disk, allowed)
  if (found.kind === 'twins') throw new StepError(failure('DISK_TWINS', { disk: nameDisk(made.disk) }))
  if (found.kind === 'none') {
    const pin = findDisk(made.disk, pins)
    throw pin.kind === 'one' ? new StepError(missing([pin.disk], strangers)) : gone('not found')
  }
  const { disk } = found
  const diskDevice = `/dev/${disk.name}`
  const asked = await mustRun(
    context,
    'sgdisk',
    [`--info=${volume.number}`, diskDevice],
    () => failure('DISK_GONE', { disk: nameDisk(made.disk) }),
    { quiet: true },
  )
  if (!asked.stdout.toUpperCase().includes(volume.guid.toUpperCase())) throw gone(asked.stdout)
  const device = `/dev/${partitionName(disk.name, volume.number)}`
  return { ...volume, role, device, diskDevice, diskName: nameDisk(made.disk), label: made.label }
}

/** The GUID of the disk itself, as its partition table says (UEFI 2.10 §5.3.2); boot entries and BCD stores name it. */
export async function readDiskGuid(context: StepContext, { diskDevice, diskName }: LocatedVolume): Promise<Guid> {
  const gone = (detail?: string) => failure('DISK_GONE', { disk: diskName }, detail === undefined ? {} : { detail })
  const { stdout } = await mustRun(context, 'sgdisk', ['--print', diskDevice], () => gone(), { quiet: true })
  const guid = parseGuid(/GUID\): *([0-9a-f-]{36})/i.exec(stdout)?.[1] ?? '')
  if (guid === null) throw new StepError(gone(stdout))
  return guid
}
