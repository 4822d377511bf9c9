import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readlinkSync, rmdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { canRun } from '../machine/requirements.ts'

const mayUnshare =
  spawnSync('unshare', ['--mount', 'true']).status === 0 ? null : 'only root may make a mount namespace'

test.runIf(canRun('a test file’s own mounts', mayUnshare))(
  'what a test file mounts, no other program can hold',
  async () => {
    expect(process.cwd()).toBe(resolve(import.meta.dirname, '../..'))
    const theirs = readlinkSync(`/proc/${process.ppid}/ns/mnt`)
    expect(readlinkSync('/proc/self/ns/mnt')).not.toBe(theirs)
    const folder = mkdtempSync(join(tmpdir(), 'etabli-own-mounts-'))
    execFileSync('mount', ['-t', 'tmpfs', 'etabli-test', folder])
    try {
      // Node's other threads see it too.
      expect(await readFile('/proc/thread-self/mounts', 'utf8')).toContain(folder)
      expect(await readFile(`/proc/${process.ppid}/mounts`, 'utf8')).not.toContain(folder)
    } finally {
      execFileSync('umount', [folder])
      rmdirSync(folder)
    }
  },
)
