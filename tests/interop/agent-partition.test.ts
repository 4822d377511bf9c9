import { execFileSync, spawnSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PartitionResult } from '../../agent/environment/disk/volumes.ts'
import { StepError } from '../../agent/runtime/step.ts'
import { Value } from 'typebox/value'
import { attachDisk, canMakeDisks, openBench, resultOf, type Bench, type TestDisk } from './agent-bench.ts'
import { partitionDisk } from './environment-steps.ts'

const gibibyte = 2 ** 30

async function codeOf(running: Promise<unknown>): Promise<string> {
  try {
    await running
    return 'done'
  } catch (error) {
    if (error instanceof StepError) return error.failure.code
    throw error
  }
}

const run = (bench: Bench): Promise<unknown> => partitionDisk(bench.dependencies)(bench.context)
const isWrite = (command: string): boolean => /^(wipefs|sgdisk|mk|dd)/.test(command)

describe.runIf(canMakeDisks())('partition-disk', () => {
  let disk: TestDisk
  beforeEach(() => {
    disk = attachDisk(4 * gibibyte)
  })
  afterEach(() => disk.detach())

  test('makes a table that sgdisk and sfdisk find right, and volumes that blkid knows', async () => {
    const bench = openBench(disk, { input: { disk: 'only', label: 'Système' } })
    const result = await resultOf(partitionDisk(bench.dependencies)(bench.context))
    expect(execFileSync('sgdisk', ['--verify', disk.device], { encoding: 'utf8' })).toContain('No problems found')
    const table: unknown = JSON.parse(execFileSync('sfdisk', ['--json', disk.device], { encoding: 'utf8' }))
    const made = Value.Parse(PartitionResult, result)
    expect(table).toMatchObject({
      partitiontable: {
        label: 'gpt',
        partitions: [
          { type: 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B', start: 2048, size: 532_480, uuid: made.partitions.esp.guid },
          { type: 'E3C9E316-0B5C-4DB8-817D-F92DF00215AE', size: 32_768, uuid: made.partitions.msr.guid },
          { type: 'EBD0A0A2-B9E5-4433-87C0-68B6B72699C7', uuid: made.partitions.windows.guid },
          { type: 'DE94BBA4-06D1-4D40-A16A-BFD50179D6AC', size: 2_097_152, attrs: 'RequiredPartition GUID:63' },
        ],
      },
    })
    const kind = (number: number): string =>
      spawnSync('blkid', ['-p', '-o', 'export', `${disk.device}p${number}`], { encoding: 'utf8' }).stdout
    expect(kind(1)).toContain('TYPE=vfat')
    expect(kind(2)).not.toMatch(/^TYPE=/m)
    expect(kind(3)).toMatch(/LABEL=Syst.*\n[^]*TYPE=ntfs/)
    expect(kind(4)).toContain('LABEL=Recovery')
    expect(made.disk).toEqual({
      model: 'Etabli test disk',
      serial: disk.disk.serial,
      wwn: null,
      sizeBytes: 4 * gibibyte,
    })
  })

  test('writes the partition’s start into the boot sector, without which Windows does not boot in BIOS mode', async () => {
    const bench = openBench(disk)
    const result = await resultOf(partitionDisk(bench.dependencies)(bench.context))
    const { firstSector } = Value.Parse(PartitionResult, result).partitions.windows
    const sector = execFileSync('dd', [`if=${disk.device}p3`, 'bs=512', 'count=1', 'status=none'])
    expect(sector.readUInt32LE(0x1c)).toBe(firstSector)
  })

  test('replaces an old table and its volumes, and can be repeated', async () => {
    execFileSync('sgdisk', ['--new=1:2048:+1G', '--new=2:0:+1G', disk.device])
    execFileSync('partx', ['--update', disk.device])
    execFileSync('mkfs.vfat', [`${disk.device}p2`])
    await run(openBench(disk))
    await run(openBench(disk))
    expect(execFileSync('sgdisk', ['--verify', disk.device], { encoding: 'utf8' })).toContain('No problems found')
  })

  test('repairs nothing of a damaged old table, it makes a new one', async () => {
    await run(openBench(disk))
    execFileSync('dd', [
      'if=/dev/urandom',
      `of=${disk.device}`,
      'bs=512',
      'seek=2',
      'count=20',
      'status=none',
      'conv=notrunc',
    ])
    expect(await codeOf(run(openBench(disk)))).toBe('done')
    expect(execFileSync('sgdisk', ['--verify', disk.device], { encoding: 'utf8' })).toContain('No problems found')
  })

  test('writes nothing to a disk in use', async () => {
    const first = openBench(disk)
    await run(first)
    const folder = `${disk.folder}/elsewhere`
    execFileSync('mkdir', [folder])
    execFileSync('ntfs-3g', [`${disk.device}p3`, folder])
    const bench = openBench(disk)
    expect(await codeOf(run(bench))).toBe('DISK_IN_USE')
    expect(bench.commands.filter(isWrite)).toEqual([])
    execFileSync('umount', [folder])
  })

  test('writes nothing when the kernel name has become another disk', async () => {
    const bench = openBench(disk)
    // The agent looks before the step, for the choice, and once more before the first write.
    let looks = 0
    const swapped = { ...disk.disk, serial: 'ANOTHER' }
    const dependencies = {
      ...bench.dependencies,
      readDisks: () => Promise.resolve([(looks += 1) < 3 ? disk.disk : swapped]),
    }
    expect(await codeOf(partitionDisk(dependencies)(bench.context))).toBe('DISK_GONE')
    expect(bench.commands.filter(isWrite)).toEqual([])
  })

  test('writes nothing when two disks could be meant, and asks', async () => {
    const other = { ...disk.disk, name: 'none', serial: 'OTHER' }
    const work = { disks: [disk.disk, other] }
    const bench = openBench(disk, { work })
    const dependencies = { ...bench.dependencies, readDisks: () => Promise.resolve([disk.disk, other]) }
    expect(await codeOf(partitionDisk(dependencies)(bench.context))).toBe('DISK_AMBIGUOUS')
    expect(bench.commands.filter(isWrite)).toEqual([])
    const answered = openBench(disk, { work, variables: { disk: disk.disk.serial ?? '' } })
    expect(
      await codeOf(partitionDisk({ ...answered.dependencies, readDisks: dependencies.readDisks })(answered.context)),
    ).toBe('done')
  })

  test('says that a disk without room for the image is too small', async () => {
    const name = { id: 'i', name: 'Windows 11 Pro', edition: 'Professional', languages: [] }
    const image = { ...name, path: '/i', sizeBytes: 1, contentBytes: 4 * gibibyte, sha256: '' }
    expect(await codeOf(run(openBench(disk, { image })))).toBe('DISK_TOO_SMALL')
  })
})

describe.runIf(canMakeDisks())('partition-disk on 4096-byte sectors', () => {
  test('makes an ESP that is FAT32 and a right table', async () => {
    const disk = attachDisk(4 * gibibyte, 4096)
    try {
      await run(openBench(disk))
      expect(execFileSync('sgdisk', ['--verify', disk.device], { encoding: 'utf8' })).toContain('No problems found')
      const esp = execFileSync('blkid', ['-p', '-o', 'export', `${disk.device}p1`], { encoding: 'utf8' })
      expect(esp).toContain('VERSION=FAT32')
    } finally {
      disk.detach()
    }
  })
})
