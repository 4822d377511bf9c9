import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { attachLoopDevice } from '../machine/loop-device.ts'
import { mountNtfs } from '../machine/ntfs-mount.ts'

/** `uuid` is the partition's unique GUID, in upper case. */
type Partition = { start: number; size: number; type: string; uuid: string }

/** A machine's disk file, read by other people's tools; each partition lies on a read-only loop device of its own. */
export type OpenedDisk = {
  /** The disk's own GUID, in upper case. */
  id: string
  partitions: Array<Partition & { device: string }>
  device(number: number): string
  /** Mounts an NTFS partition read-only while the function runs. */
  mounted<T>(number: number, look: (folder: string) => T): T
  close(): void
}

/**
 * Opens the partitions where the table says they are, and not by the kernel's own scan: not every kernel that runs
 * these tests knows GPT.
 */
export function openDisk(file: string): OpenedDisk {
  const { partitiontable } = border(JSON.parse(run('sfdisk', ['--json', file])))
  const sector = partitiontable.sectorsize
  const attached = partitiontable.partitions.map((partition) => {
    const place = { offset: partition.start * sector, sizeBytes: partition.size * sector }
    return { ...partition, loop: attachLoopDevice(file, { readOnly: true, ...place }) }
  })
  const partitions = attached.map(({ loop, ...partition }) => ({ ...partition, device: loop.path }))
  const device = (number: number): string => partitions[number - 1]?.device ?? 'no such partition'
  return {
    id: partitiontable.id,
    partitions,
    device,
    mounted(number, look) {
      const folder = mkdtempSync(join(tmpdir(), 'etabli-disk-'))
      mountNtfs(device(number), folder, 'ro')
      try {
        return look(folder)
      } finally {
        run('umount', [folder])
        rmSync(folder, { recursive: true, force: true })
      }
    },
    close: () => attached.forEach(({ loop }) => loop.detach()),
  }
}

/** What `sfdisk --json` prints. */
type Printed = { partitiontable: { id: string; sectorsize: number; partitions: Partition[] } }

function border(printed: unknown): Printed {
  return printed as Printed
}

function run(command: string, args: string[]): string {
  return execFileSync(command, args, { encoding: 'utf8' })
}
