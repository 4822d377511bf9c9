import { spawnSync } from 'node:child_process'
import { pause } from './pause.ts'

const patienceMs = 30_000

/** Mounts a volume by ntfs-3g; its last ntfs-3g may hold the device for a moment after `umount` came back. */
export function mountNtfs(device: string, folder: string, access: 'ro' | 'rw'): void {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const { status, stderr, error } = spawnSync('ntfs-3g', ['-o', access, device, folder], { encoding: 'utf8' })
    if (error !== undefined) throw error
    if (status === 0) return
    if (!/\bbusy\b|exclusively opened|already/i.test(stderr) || Date.now() > deadline) {
      throw new Error(`ntfs-3g ${device}: ${stderr.trim()}`)
    }
    pause(100)
  }
}
