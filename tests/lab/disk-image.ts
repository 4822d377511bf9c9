import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A machine's disk file, opened on a loop device; partitions are `${device}p1` and so on. */
export type OpenedDisk = {
  device: string
  partition(number: number): string
  /** Mounts a partition read-only while the function runs. */
  mounted<T>(number: number, type: 'ntfs-3g' | 'vfat', look: (folder: string) => T): T
  close(): void
}

export function openDisk(file: string): OpenedDisk {
  const device = execFileSync('losetup', ['--find', '--show', '--partscan', '--read-only', file], {
    encoding: 'utf8',
  }).trim()
  const partition = (number: number): string => `${device}p${number}`
  ensureNodes(device)
  return {
    device,
    partition,
    mounted(number, type, look) {
      const folder = mkdtempSync(join(tmpdir(), 'etabli-disk-'))
      execFileSync('mount', ['-t', type, '-o', 'ro', partition(number), folder])
      try {
        return look(folder)
      } finally {
        execFileSync('umount', [folder])
        rmSync(folder, { recursive: true, force: true })
      }
    },
    close: () => void execFileSync('losetup', ['--detach', device]),
  }
}

/** Without udev nobody makes the partitions' device nodes: they are made from what the kernel says. */
function ensureNodes(device: string): void {
  const name = device.replace('/dev/', '')
  const { stdout } = spawnSync('sh', ['-c', `cd /sys/block/${name} && grep -H . ${name}p*/dev`], { encoding: 'utf8' })
  for (const [, node, major, minor] of stdout.matchAll(/^(\w+)\/dev:(\d+):(\d+)$/gm)) {
    spawnSync('sh', ['-c', `test -b /dev/${node} || mknod /dev/${node} b ${major} ${minor}`])
  }
}
