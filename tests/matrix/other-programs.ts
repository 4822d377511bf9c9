import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What goes on beside the tests on a busy machine, each line a program that never rests. */
const scripts = {
  processors: 'while :; do :; done',
  /** Takes loop devices with partitions and gives them back, all the time. */
  loopDevices: `truncate -s 64M "$1"
    while :; do
      device=$(losetup --find --show --partscan "$1") || continue
      printf 'label: gpt\\n,10M\\n,\\n' | sfdisk --quiet --no-reread "$device"
      partx --update "$device"; partx --delete "$device"
      losetup --detach "$device"
    done`,
  /** Each takes a copy of every mount it sees with it, and keeps it for a while. */
  mountNamespaces: 'while :; do unshare --mount sleep 1.5 & sleep 1; wait; done',
} as const

/**
 * Starts them outside this file's own mounts, as other people's programs are; the returned function ends them.
 * The parent of this process is vitest, which has the mounts that everybody sees.
 */
export function startOtherPrograms(): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'etabli-other-programs-'))
  const start = (script: string, number: number) =>
    spawn(
      'nsenter',
      [`--mount=/proc/${process.ppid}/ns/mnt`, 'sh', '-c', script, 'sh', join(folder, `${number}.img`)],
      { detached: true, stdio: 'ignore' },
    )
  const { processors, loopDevices, mountNamespaces } = scripts
  const children = [processors, processors, loopDevices, loopDevices, loopDevices, mountNamespaces].map(start)
  return async () => {
    for (const child of children) {
      const ended = once(child, 'exit')
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      await ended
    }
    for (const index of children.keys()) await letGo(join(folder, `${index}.img`))
    rmSync(folder, { recursive: true })
  }
}

/** Detaches what an ended program had attached. */
async function letGo(file: string): Promise<void> {
  const script =
    'losetup --associated "$1" | cut -d: -f1 | while read -r d; do partx --delete "$d"; losetup -d "$d"; done'
  await once(spawn('sh', ['-c', script, 'sh', file], { stdio: 'ignore' }), 'exit')
}
