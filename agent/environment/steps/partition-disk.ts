import { PartitionDiskInput } from '../../../tasksequences/steps/partition-disk.ts'
import { failure } from '../../protocol/failures/failures.ts'
import type { Disk } from '../../protocol/inventory.ts'
import { StepError, type Step, type StepContext } from '../../runtime/step.ts'
import { findDisk, identityOf, nameDisk } from '../disk/disk-identity.ts'
import type { StepDependencies } from '../dependencies.ts'
import { formatEsp, formatNtfs } from '../disk/file-systems.ts'
import { isOfDisk, mountedDevices, partitionName, swapDevices } from '../inventory/disk-use.ts'
import { unmountLeftovers } from '../disk/mounts.ts'
import { choosePinned } from '../disk/pinned-choice.ts'
import {
  defaultRecoveryBytes,
  layoutOverhead,
  planPartitions,
  sgdiskArguments,
  type Partition,
} from '../disk/partition-layout.ts'
import type { PartitionResult } from '../disk/volumes.ts'
import { parseInput, sizeOr } from './input.ts'
import { mustRun } from './program.ts'

/** Without an image, room for a small Windows all the same. */
const smallestWindows = 2 ** 30
/** NTFS's own tables beside the image's content. */
const fileSystemShare = 1.02

/** Erases one disk, chosen by `pinned-choice`, and gives it a GPT with ESP, MSR, Windows and recovery. */
export function partitionDisk(dependencies: StepDependencies): Step {
  return async (context) => {
    const input = parseInput(PartitionDiskInput, context)
    const recoveryBytes = sizeOr(input.recoverySize, defaultRecoveryBytes)
    const label = input.label ?? 'Windows'
    await unmountLeftovers(context, dependencies)
    const disk = await choose(context, dependencies, input, recoveryBytes)
    await refuseIfUsed(dependencies, disk)
    await verifyStillThere(dependencies, disk)
    context.log('info', `erasing ${nameDisk(disk)}, ${disk.sizeBytes} bytes, ${disk.name}`)
    const partitions = planPartitions(
      { sizeBytes: disk.sizeBytes, sectorBytes: disk.logicalSectorBytes },
      recoveryBytes,
      dependencies.newGuid,
    )
    await writeTable(context, dependencies, disk, partitions)
    await waitForDevices(context, dependencies, disk, partitions)
    await format(context, disk, partitions, label)
    return { result: describe(disk, partitions, label) }
  }
}

async function choose(
  { inventory, work }: StepContext,
  dependencies: StepDependencies,
  input: PartitionDiskInput,
  recoveryBytes: number,
): Promise<Disk> {
  // A person's answer comes as the variable `disk`, a serial, and wins over the sequence.
  const answer = work.variables['disk']
  const rules = ['only', 'smallest', 'largest'] as const
  const named = rules.find((one) => one === answer)
  const rule = typeof answer === 'string' && answer !== '' ? (named ?? { serial: answer }) : input.disk
  const windowsBytes = Math.max(smallestWindows, (work.image?.contentBytes ?? 0) * fileSystemShare)
  const neededBytes = Math.ceil(windowsBytes + layoutOverhead(recoveryBytes))
  const { pins, read } = dependencies.runDisks
  const decision = choosePinned({ pins, now: await read(), devices: inventory.devices, rule, neededBytes })
  if (decision.kind === 'refused') throw new StepError(decision.failure)
  return decision.disk
}

async function refuseIfUsed({ files }: StepDependencies, disk: Disk): Promise<void> {
  const inUse = (use: string): StepError => new StepError(failure('DISK_IN_USE', { disk: nameDisk(disk), use }))
  const ofDisk = (device: string): boolean => isOfDisk(device, disk.name)
  const mounted = [...mountedDevices((await files.text('proc/mounts')) ?? '')].find(([device]) => ofDisk(device))
  if (mounted !== undefined) throw inUse(mounted[1])
  if (swapDevices((await files.text('proc/swaps')) ?? '').some(ofDisk)) throw inUse('swap')
  const folders = [
    disk.name,
    ...(await files.list(`sys/block/${disk.name}`)).filter(ofDisk).map((part) => `${disk.name}/${part}`),
  ]
  for (const folder of new Set(folders)) {
    const [holder] = await files.list(`sys/block/${folder}/holders`)
    if (holder !== undefined) throw inUse(holder)
  }
}

/** The last look before the first write: the kernel name still is that disk. */
async function verifyStillThere(dependencies: StepDependencies, disk: Disk): Promise<void> {
  const now = findDisk(disk, (await dependencies.runDisks.read()).allowed)
  if (now.kind !== 'one' || now.disk.name !== disk.name) {
    throw new StepError(failure('DISK_GONE', { disk: nameDisk(disk) }))
  }
}

async function writeTable(
  context: StepContext,
  dependencies: StepDependencies,
  disk: Disk,
  partitions: readonly Partition[],
): Promise<void> {
  const device = `/dev/${disk.name}`
  const failed = (program: string) => failure('PARTITION_FAILED', { disk: nameDisk(disk), program })
  const old = (await dependencies.files.list(`sys/block/${disk.name}`)).filter(
    (name) => name !== disk.name && isOfDisk(name, disk.name),
  )
  for (const name of [...old.map((partition) => `/dev/${partition}`), device]) {
    await mustRun(context, 'wipefs', ['--all', '--force', name], failed)
  }
  // Reports an error whenever the old table was damaged, which is just what it is to remove; the next call is the judge.
  await context.exec('sgdisk', ['--zap-all', device])
  await mustRun(context, 'sgdisk', sgdiskArguments(partitions, dependencies.newGuid(), device), failed)
  await mustRun(context, 'partx', ['--update', device], failed)
}

const deviceTries = 50

/** The device nodes appear a moment after the table has been read again. */
async function waitForDevices(
  context: StepContext,
  { files }: StepDependencies,
  disk: Disk,
  partitions: readonly Partition[],
): Promise<void> {
  const expected = partitions.map(({ number }) => partitionName(disk.name, number))
  for (let tries = 0; tries < deviceTries; tries += 1) {
    const present = new Set(await files.list('dev'))
    if (expected.every((name) => present.has(name))) return
    await context.clock.sleep(200, context.signal)
  }
  throw new StepError(failure('PARTITION_FAILED', { disk: nameDisk(disk), program: 'partx' }))
}

async function format(
  context: StepContext,
  disk: Disk,
  partitions: readonly Partition[],
  label: string,
): Promise<void> {
  const diskName = nameDisk(disk)
  for (const { role, number, firstSector } of partitions) {
    const device = `/dev/${partitionName(disk.name, number)}`
    context.progress({ fraction: number / (partitions.length + 1) })
    // What lay here before the table was new would otherwise be found again.
    await mustRun(context, 'wipefs', ['--all', '--force', device], (program) =>
      failure('FORMAT_FAILED', { disk: diskName, volume: role, program }),
    )
    if (role === 'esp') await formatEsp(context, { device, diskName, firstSector })
    if (role === 'windows') await formatNtfs(context, { device, diskName, firstSector }, label)
    if (role === 'recovery') await formatNtfs(context, { device, diskName, firstSector }, 'Recovery')
  }
}

function describe(disk: Disk, partitions: readonly Partition[], label: string): PartitionResult {
  const volumes = new Map(
    partitions.map(({ role, number, guid, firstSector, lastSector }) => [
      role,
      { number, guid, firstSector, sizeBytes: (lastSector - firstSector + 1) * disk.logicalSectorBytes },
    ]),
  )
  const [esp, msr, windows, recovery] = [
    volumes.get('esp'),
    volumes.get('msr'),
    volumes.get('windows'),
    volumes.get('recovery'),
  ]
  if (esp === undefined || msr === undefined || windows === undefined)
    throw new RangeError('the layout lacks a partition')
  return {
    disk: identityOf(disk),
    label,
    partitions: recovery === undefined ? { esp, msr, windows } : { esp, msr, windows, recovery },
  }
}
