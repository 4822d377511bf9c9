import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OpenResult } from '../../../../server/tftp/opener.ts'
import { servedFolder } from '../../../../server/tftp/roots.ts'

const client = { address: '10.0.0.7', port: 2070 }
let base = ''
let root = ''

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'etabli-tftp-'))
  root = join(base, 'root')
  await mkdir(join(root, 'Boot', 'Fonts'), { recursive: true })
  await mkdir(join(base, 'outside'))
  await writeFile(join(base, 'outside', 'secret'), 'secret')
  await writeFile(join(root, 'Boot', 'BCD'), 'store')
  await writeFile(join(root, 'both'), 'lower')
  await writeFile(join(root, 'BOTH'), 'upper')
  await symlink('Boot/BCD', join(root, 'inside-link'))
  await symlink('../outside/secret', join(root, 'file-link'))
  await symlink('../outside', join(root, 'folder-link'))
  await symlink('loop', join(root, 'loop'))
  await symlink(join(base, 'nowhere'), join(root, 'dangling'))
  execFileSync('mkfifo', [join(root, 'fifo')])
})

afterAll(() => rm(base, { recursive: true }))

async function contentOf(result: OpenResult): Promise<string> {
  if (result.kind !== 'file') return result.kind
  const bytes = await result.read(0, result.sizeBytes)
  await result.close()
  return Buffer.from(bytes).toString()
}

describe('a folder is served', () => {
  test.each([
    ['/Boot/BCD', 'store', 'as it is spelt'],
    ['/boot/bcd', 'store', 'in another case'],
    ['\\BOOT\\Bcd', 'store', 'by a name that was not mapped before'],
    ['/both', 'lower', 'exact spelling first'],
    ['/BOTH', 'upper', 'exact spelling first'],
    ['/inside-link', 'store', 'through a link that stays inside'],
    ['/Boot', 'missing', 'a folder is no file'],
    ['/fifo', 'missing', 'nor is a FIFO, and it does not block'],
    ['/nothing', 'missing', 'what is not there'],
    ['/Boot/BCD/deeper', 'missing', 'below a file'],
    ['/dangling', 'missing', 'a link to nowhere'],
    [`/${'x'.repeat(300)}`, 'missing', 'a name no file system takes'],
    ['/file-link', 'refused', 'a link to a file outside'],
    ['/folder-link/secret', 'refused', 'a file below a link to a folder outside'],
    ['/folder-link/nothing', 'refused', 'a link outside does not even tell what is there'],
    ['/loop', 'refused', 'a link to itself'],
    ['/../outside/secret', 'refused', 'a way up'],
  ])('%s → %s (%s)', async (path, expected) => {
    expect(await contentOf(await servedFolder(root)(path, client))).toBe(expected)
  })

  test('a folder that is not there yet has no files', async () => {
    expect(await servedFolder(join(base, 'later'))('/x', client)).toMatchObject({ kind: 'missing' })
  })

  test('reads parts, and says so when the file became shorter', async () => {
    const path = join(root, 'shrinking')
    await writeFile(path, '0123456789')
    const file = await servedFolder(root)('/shrinking', client)
    if (file.kind !== 'file') return expect.fail('it is a file')
    expect(Buffer.from(await file.read(3, 4)).toString()).toBe('3456')
    await writeFile(path, '01')
    await expect(file.read(0, 10)).rejects.toThrow(/became shorter/)
    await file.close()
  })
})
