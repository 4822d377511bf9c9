import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { indexPack } from '../../../../../images/driver-packs/index-pack.ts'
import { maxInfBytes } from '../../../../../images/inf/encoding.ts'
import { readInfFolder } from '../../../../../server/catalogue/drivers/inf-folder.ts'
import { ethernetInf, graphicsInf } from '../../../images/inf/infs.ts'

describe('the folder of a pack', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'etabli-inf-'))
    await mkdir(join(folder, 'net/e2'), { recursive: true })
    await writeFile(join(folder, 'net/e2/E2X.INF'), ethernetInf)
    await writeFile(join(folder, 'net/e2/e2x.sys'), 'x')
    await writeFile(join(folder, 'a.inf'), graphicsInf)
    await symlink(join(folder, 'a.inf'), join(folder, 'link.inf'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  test('gives every INF below it, whatever its case, and follows no link', async () => {
    const files = await readInfFolder(folder, new AbortController().signal)
    expect(files.map(({ path }) => path)).toEqual(['a.inf', 'net/e2/E2X.INF'])
    expect(indexPack({ name: 'p', models: [], files }).drivers.map(({ className }) => className)).toEqual([
      'Display',
      'Net',
    ])
  })

  test('reads of a huge file only so much that it is called too large', async () => {
    await writeFile(join(folder, 'huge.inf'), new Uint8Array(maxInfBytes + 1000))
    const files = await readInfFolder(folder, new AbortController().signal)
    const pack = indexPack({ name: 'p', models: [], files })
    expect(pack.problems.filter(({ inf }) => inf === 'huge.inf').map(({ code }) => code)).toContain('INF_TOO_LARGE')
  })

  test('stops when told to', async () => {
    await expect(readInfFolder(folder, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop')
  })
})
