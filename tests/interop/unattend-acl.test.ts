import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import koffi from 'koffi'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeAnswerFile } from '../../images/unattend/answer-file.ts'
import { administratorsOnly } from '../../images/unattend/file-security.ts'
import { usual } from '../unit/images/unattend/material.ts'
import { canRun, missingPrograms } from '../machine/requirements.ts'

const attribute = 'system.ntfs_acl'
const volumeBytes = 32 * 2 ** 20

/** Why the test cannot run, or null. */
function obstacle(): string | null {
  if (process.getuid?.() !== 0) return 'not root'
  const missing = missingPrograms(['mkntfs', 'ntfs-3g', 'ntfssecaudit', 'umount'])
  if (missing !== null) return missing
  return spawnSync('test', ['-w', '/dev/fuse']).status === 0 ? null : 'no /dev/fuse'
}

/** What `setfattr` and `getfattr` do, which ntfs-3g's package does not bring. */
function openAttributes(): { set(path: string, value: Uint8Array): number; get(path: string): Uint8Array } {
  const libc = koffi.load('libc.so.6')
  const set = libc.func(
    'int setxattr(const char *path, const char *name, const uint8_t *value, size_t size, int flags)',
  )
  const get = libc.func('int64_t getxattr(const char *path, const char *name, _Out_ uint8_t *value, size_t size)')
  return {
    set: (path, value) => Number(set(path, attribute, value, value.length, 0)),
    get: (path) => {
      const bytes = new Uint8Array(1024)
      const length = Number(get(path, attribute, bytes, bytes.length))
      return bytes.subarray(0, Math.max(0, length))
    },
  }
}

describe.runIf(canRun('the answer file’s security on NTFS', obstacle()))('the answer file on an NTFS volume', () => {
  let folder: string
  let volume: string
  let mountPoint: string
  let answerFile: string

  const mount = (): void => {
    execFileSync('ntfs-3g', [volume, mountPoint], { timeout: 20_000 })
  }
  const unmount = (): void => {
    execFileSync('umount', [mountPoint], { timeout: 20_000 })
  }

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'etabli-unattend-'))
    volume = join(folder, 'windows.img')
    mountPoint = join(folder, 'mounted')
    mkdirSync(mountPoint)
    writeFileSync(volume, '')
    truncateSync(volume, volumeBytes)
    execFileSync('mkntfs', ['--force', '--fast', '--quiet', volume], { stdio: 'ignore', timeout: 20_000 })
    mount()
    mkdirSync(join(mountPoint, 'Windows/Panther'), { recursive: true })
    answerFile = join(mountPoint, 'Windows/Panther/unattend.xml')
    writeFileSync(answerFile, writeAnswerFile(usual))
  })

  afterAll(() => {
    spawnSync('umount', [mountPoint])
    rmSync(folder, { recursive: true })
  })

  test('takes the security as it is, and keeps it when mounted again', () => {
    const attributes = openAttributes()
    expect(Buffer.from(attributes.get(answerFile))).not.toEqual(Buffer.from(administratorsOnly()))
    expect(attributes.set(answerFile, administratorsOnly())).toBe(0)
    unmount()
    mount()
    expect(Buffer.from(attributes.get(answerFile))).toEqual(Buffer.from(administratorsOnly()))
  })

  test('is for SYSTEM and Administrators alone, as ntfssecaudit reads it from the volume', () => {
    unmount()
    const args = ['-v', volume, '/Windows/Panther/unattend.xml']
    const { stdout } = spawnSync('ntfssecaudit', args, { encoding: 'utf8', timeout: 20_000 })
    mount()
    expect(stdout).toContain('Windows owner S-1-5-32-544')
    expect(stdout).toContain('Windows group S-1-5-18')
    expect(stdout).toContain('No errors were found')
    // ntfssecaudit prints the descriptor in words of four bytes, its parts in its own order; control and entries are ours.
    const hexadecimal = [...stdout.matchAll(/^\s+[0-9a-f]{6} ((?: [0-9a-f]{8})+)\s*$/gm)]
      .map((line) => line[1])
      .join('')
    const dump = hexadecimal.replaceAll(' ', '')
    expect(dump.slice(0, 8)).toBe('01000490')
    const acl = Buffer.from(administratorsOnly().subarray(48)).toString('hex')
    expect(dump).toContain(acl)
  })
})
