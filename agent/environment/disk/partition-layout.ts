/** Types of GPT partitions (UEFI 2.10 table 5-7; Microsoft, PARTITION_INFORMATION_GPT). */
const types = {
  esp: 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B',
  msr: 'E3C9E316-0B5C-4DB8-817D-F92DF00215AE',
  windows: 'EBD0A0A2-B9E5-4433-87C0-68B6B72699C7',
  recovery: 'DE94BBA4-06D1-4D40-A16A-BFD50179D6AC',
} as const

const names = {
  esp: 'EFI system partition',
  msr: 'Microsoft reserved partition',
  windows: 'Basic data partition',
  recovery: 'Recovery partition',
} as const

export type PartitionRole = keyof typeof types

export type Partition = {
  role: PartitionRole
  number: number
  /** Unique GUID, upper case: what later steps recognise the partition by. */
  guid: string
  firstSector: number
  lastSector: number
}

export type DiskGeometry = { sizeBytes: number; sectorBytes: number }

const mebibyte = 2 ** 20
/** On a disk with 4096-byte sectors FAT32 needs 65 525 clusters of 4 KiB, so 256 MiB and a little; Microsoft says 260. */
const espBytes = 260 * mebibyte
const msrBytes = 16 * mebibyte
export const defaultRecoveryBytes = 1024 * mebibyte
/** The first aligned place after the primary GPT, and as much for the backup GPT at the end. */
const edgeBytes = mebibyte

/** What the layout takes beside the Windows volume. */
export function layoutOverhead(recoveryBytes: number): number {
  return espBytes + msrBytes + aligned(recoveryBytes) + 2 * edgeBytes
}

/**
 * ESP, MSR, Windows and, at the end where Windows can enlarge it, recovery; all starts and lengths whole mebibytes.
 * Throws `RangeError` when the disk has no room, which the choice of the disk has excluded.
 */
export function planPartitions(disk: DiskGeometry, recoveryBytes: number, newGuid: () => string): Partition[] {
  const end = Math.floor(disk.sizeBytes / mebibyte) * mebibyte - edgeBytes
  const windowsBytes = end - edgeBytes - espBytes - msrBytes - aligned(recoveryBytes)
  if (windowsBytes < mebibyte) throw new RangeError(`no room for Windows on ${disk.sizeBytes} bytes`)
  const lengths: [PartitionRole, number][] = [
    ['esp', espBytes],
    ['msr', msrBytes],
    ['windows', windowsBytes],
    ['recovery', aligned(recoveryBytes)],
  ]
  let at = edgeBytes
  return lengths
    .filter(([, length]) => length > 0)
    .map(([role, length], index) => {
      const firstSector = at / disk.sectorBytes
      at += length
      return {
        role,
        number: index + 1,
        guid: newGuid().toUpperCase(),
        firstSector,
        lastSector: at / disk.sectorBytes - 1,
      }
    })
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / mebibyte) * mebibyte
}

/** Arguments for one call of sgdisk that makes the whole table. */
export function sgdiskArguments(partitions: readonly Partition[], diskGuid: string, device: string): string[] {
  const each = partitions.flatMap(({ role, number, guid, firstSector, lastSector }) => [
    `--new=${number}:${firstSector}:${lastSector}`,
    `--typecode=${number}:${types[role]}`,
    `--change-name=${number}:${names[role]}`,
    `--partition-guid=${number}:${guid}`,
    // Bits 0 (required by the platform) and 63 (no drive letter): Microsoft's attributes of a recovery partition.
    ...(role === 'recovery' ? [`--attributes=${number}:set:0`, `--attributes=${number}:set:63`] : []),
  ])
  return ['--clear', `--disk-guid=${diskGuid}`, ...each, device]
}
