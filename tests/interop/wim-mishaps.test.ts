import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openImageCatalogue } from '../../server/catalogue/images/image-catalogue.ts'
import { spaceOf } from '../../server/catalogue/files/disk.ts'
import { runWimlib, type RunWimlib } from '../../server/catalogue/images/imports/wimlib.ts'
import { captureEditions, has, makeTree, open, scratchFolder, settled, wimlib } from './wim-material.ts'
import { canRun } from '../machine/requirements.ts'

const hasWimlib = has('wimlib-imagex')
const isRoot = canRun('a full disk', process.getuid?.() === 0 ? null : 'mounting a small one needs root')
const scratch = scratchFolder('wim-mishaps')
const small = join(scratch, 'small.wim')
const large = join(scratch, 'large.wim')
const two = join(scratch, 'two.wim')

beforeAll(() => {
  if (!hasWimlib) return
  wimlib(['capture', makeTree(join(scratch, 'small'), 'petite'), small, 'Petite image', '--compress=XPRESS'])
  const tree = join(scratch, 'large')
  mkdirSync(tree)
  symlinkSync(process.execPath, join(tree, 'node.exe'))
  wimlib(['capture', tree, large, 'Grande image', '--compress=none', '--dereference'])
  captureEditions(scratch, 'two.wim', ['--compress=XPRESS'])
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

let count = 0
const freshDir = (): string => join(scratch, `catalogue-${(count += 1)}`)
const leftovers = (dir: string): readonly string[] =>
  readdirSync(join(dir, 'images')).filter((name) => name.startsWith('.'))

/** wimlib processes that work in a folder. */
function wimlibsIn(dir: string): readonly string[] {
  return readdirSync('/proc').filter((pid) => {
    const command = /^\d+$/.test(pid) ? commandOf(pid) : ''
    return command.startsWith('wimlib-imagex\0export\0') && command.includes(dir)
  })
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch (error) {
    // It ended while we looked.
    if (error instanceof Error) return ''
    throw error
  }
}

describe.skipIf(!hasWimlib)('a server killed in the middle of a preparation', () => {
  test('leaves no image and no wimlib behind; the next start sweeps and finishes the work', async () => {
    const dir = freshDir()
    const script = fileURLToPath(new URL('wim-prepare-child.ts', import.meta.url))
    const server = spawn(process.execPath, [script, dir, large], { stdio: ['ignore', 'pipe', 'inherit'] })
    const exporting = Promise.withResolvers<undefined>()
    server.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (/exporting 0\.[1-9]/.test(text)) exporting.resolve(undefined)
    })
    await exporting.promise
    expect(wimlibsIn(dir)).toHaveLength(1)
    server.kill('SIGKILL')
    expect(leftovers(dir)).toEqual(['.preparing-grande-image'])
    await expect.poll(() => wimlibsIn(dir), { timeout: 30_000 }).toEqual([])
    const catalogue = await open(dir)
    expect(catalogue.list()).toEqual([])
    const [resumed] = catalogue.imports.list()
    expect(resumed?.state).toBe('preparing')
    expect(await settled(catalogue, resumed?.id ?? '', ['done', 'failed'])).toMatchObject({
      state: 'done',
      imageIds: ['grande-image'],
    })
    expect(leftovers(dir)).toEqual([])
    wimlib(['verify', catalogue.filePath('grande-image') ?? ''])
    await catalogue.close()
  })

  test('after the image was published finds its own work and does not call it a duplicate', async () => {
    const dir = freshDir()
    const catalogue = await open(dir)
    const { id } = await catalogue.imports.fromPath(small)
    await settled(catalogue, id)
    await catalogue.close()
    const path = join(dir, 'imports', id, 'import.json')
    const record: unknown = JSON.parse(readFileSync(path, 'utf8'))
    writeFileSync(path, JSON.stringify(Object.assign({}, record, { state: 'preparing', prepared: [] })))
    const again = await open(dir)
    expect(await settled(again, id, ['done', 'failed'])).toMatchObject({ state: 'done', imageIds: ['petite-image'] })
    expect(again.list()).toHaveLength(1)
    await again.close()
  })
})

describe.skipIf(!hasWimlib)('a preparation', () => {
  test('stops when its import is cancelled, and leaves nothing', async () => {
    const dir = freshDir()
    const catalogue = await open(dir)
    const { id } = await catalogue.imports.fromPath(large)
    const waiting = await catalogue.imports.fromPath(small)
    await new Promise<void>((resolve) => {
      catalogue.onChange((change) => {
        if (change.type === 'import' && change.import.progress?.phase === 'exporting') resolve()
      })
    })
    await catalogue.imports.cancel(id)
    expect(leftovers(dir)).not.toContain('.preparing-grande-image')
    expect((await settled(catalogue, waiting.id)).state).toBe('done')
    expect(wimlibsIn(dir)).toEqual([])
    expect(leftovers(dir)).toEqual([])
    expect(catalogue.imports.list().map((one) => one.id)).toEqual([waiting.id])
    await catalogue.close()
  })

  test('stopped with the server goes on at the next start', async () => {
    const dir = freshDir()
    const catalogue = await open(dir)
    const { id } = await catalogue.imports.fromPath(large)
    await settled(catalogue, id, ['preparing'])
    await catalogue.close()
    expect(leftovers(dir)).toEqual([])
    const again = await open(dir)
    expect((await settled(again, id, ['done', 'failed'])).state).toBe('done')
    await again.close()
  })
})

describe.skipIf(!hasWimlib || !isRoot)('a full disk', () => {
  const mount = join(scratch, 'disk')
  afterAll(() => {
    if (isRoot && hasWimlib) execFileSync('umount', [mount])
  })
  beforeAll(() => {
    mkdirSync(mount)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=96m', 'etabli-test', mount])
  })

  test('is seen before the work begins', async () => {
    const catalogue = await open(join(mount, 'before'))
    const { id } = await catalogue.imports.fromPath(large)
    const failed = await settled(catalogue, id)
    expect(failed).toMatchObject({ state: 'failed', problem: { code: 'NO_SPACE' } })
    expect(failed.problem?.params['neededBytes']).toBeGreaterThan(100e6)
    await expect(catalogue.imports.beginUpload({ fileName: 'a.wim', sizeBytes: 90e6 })).rejects.toMatchObject({
      code: 'NO_SPACE',
    })
    expect(catalogue.imports.list()).toHaveLength(1)
    await catalogue.close()
  })

  test('that fills up meanwhile stops the work in words and leaves nothing; then it can be tried again', async () => {
    const dir = join(mount, 'meanwhile')
    const filler = join(mount, 'filler')
    /** Somebody else fills the disk just as wimlib starts. */
    const crowded: RunWimlib = async (args, options) => {
      if (args[0] === 'export') {
        const { freeBytes } = await spaceOf(mount)
        writeFileSync(filler, Buffer.alloc(freeBytes - 64 * 1024))
      }
      return runWimlib(args, options)
    }
    const catalogue = await openImageCatalogue({
      dir,
      now: () => new Date(),
      runWimlib: crowded,
      onError: () => undefined,
    })
    const { id } = await catalogue.imports.fromPath(small)
    expect(await settled(catalogue, id)).toMatchObject({ state: 'failed', problem: { code: 'SERVER_DISK_FULL' } })
    expect(catalogue.list()).toEqual([])
    expect(leftovers(dir)).toEqual([])
    await catalogue.close()
    rmSync(filler)
    const again = await open(dir)
    await again.imports.choose(id, [1])
    expect(await settled(again, id, ['done', 'failed'])).toMatchObject({ state: 'done', problem: null })
    await again.close()
  })

  test('keeps what of an upload has arrived', async () => {
    const dir = join(mount, 'upload')
    const filler = join(mount, 'filler')
    const catalogue = await open(dir)
    const { id } = await catalogue.imports.beginUpload({ fileName: 'a.wim', sizeBytes: 4_000_000 })
    await catalogue.imports.append(id, 0, Readable.from([Buffer.alloc(500_000)]))
    writeFileSync(filler, Buffer.alloc((await spaceOf(mount)).freeBytes - 400_000))
    const rest = Readable.from(Array.from({ length: 35 }, () => Buffer.alloc(100_000)))
    await expect(catalogue.imports.append(id, 500_000, rest)).rejects.toMatchObject({ code: 'NO_SPACE' })
    const received = catalogue.imports.list()[0]?.receivedBytes ?? 0
    expect(received).toBeGreaterThanOrEqual(500_000)
    expect(received).toBe(statSync(join(dir, 'imports', id, 'source.wim')).size)
    rmSync(filler)
    const left = Readable.from([Buffer.alloc(4_000_000 - received)])
    expect((await catalogue.imports.append(id, received, left)).state).not.toBe('uploading')
    await catalogue.close()
  })
})

describe.skipIf(!hasWimlib)('an upload', () => {
  test('goes on after a restart where it stopped, and becomes an image; its source is then gone', async () => {
    const dir = freshDir()
    const bytes = readFileSync(small)
    const first = await open(dir)
    const { id } = await first.imports.beginUpload({ fileName: 'C:\\images\\install.wim', sizeBytes: bytes.length })
    await first.imports.append(id, 0, Readable.from([bytes.subarray(0, 70_000)]))
    await expect(first.imports.append(id, 90_000, Readable.from([bytes.subarray(90_000)]))).rejects.toMatchObject({
      code: 'UPLOAD_OFFSET',
      params: { expectedOffset: 70_000 },
    })
    await expect(first.imports.choose(id, [1])).rejects.toMatchObject({ code: 'IMPORT_BUSY' })
    await first.close()
    const second = await open(dir)
    expect(second.imports.list()).toMatchObject([
      { fileName: 'install.wim', state: 'uploading', receivedBytes: 70_000 },
    ])
    await second.imports.append(id, 70_000, Readable.from([bytes.subarray(70_000)]))
    expect(await settled(second, id)).toMatchObject({ state: 'done', receivedBytes: bytes.length })
    await expect(second.imports.append(id, bytes.length, Readable.from([]))).rejects.toMatchObject({
      code: 'UPLOAD_COMPLETE',
    })
    await second.close()
    expect(readdirSync(join(dir, 'imports', id))).toEqual(['import.json'])
  })

  test('that breaks off keeps what came; the sender who comes back replaces its dead connection', async () => {
    const dir = freshDir()
    const bytes = readFileSync(small)
    const catalogue = await open(dir)
    const { id } = await catalogue.imports.beginUpload({ fileName: 'a.wim', sizeBytes: bytes.length })
    const broken = new Readable({ read: () => undefined })
    broken.push(bytes.subarray(0, 1000))
    const breaking = expect(catalogue.imports.append(id, 0, broken)).rejects.toThrow('reset')
    const arrived = (): number => statSync(join(dir, 'imports', id, 'source.wim'), { throwIfNoEntry: false })?.size ?? 0
    await expect.poll(arrived).toBe(1000)
    broken.destroy(new Error('reset'))
    await breaking
    const silent = new Readable({ read: () => undefined })
    silent.push(bytes.subarray(1000, 3000))
    const silenced = expect(catalogue.imports.append(id, 1000, silent)).rejects.toThrow(/abort/)
    await expect.poll(arrived).toBe(3000)
    await catalogue.imports.append(id, 3000, Readable.from([bytes.subarray(3000)]))
    await silenced
    expect((await settled(catalogue, id)).state).toBe('done')
    await catalogue.close()
  })

  test('larger than announced is refused, and what came before stays', async () => {
    const catalogue = await open(freshDir())
    const { id } = await catalogue.imports.beginUpload({ fileName: 'a.wim', sizeBytes: 1000 })
    await catalogue.imports.append(id, 0, Readable.from([Buffer.alloc(400)]))
    const tooMuch = Readable.from([Buffer.alloc(500), Buffer.alloc(500)])
    await expect(catalogue.imports.append(id, 400, tooMuch)).rejects.toMatchObject({ code: 'UPLOAD_TOO_LARGE' })
    expect(catalogue.imports.list()).toMatchObject([{ state: 'uploading', receivedBytes: 400 }])
    await catalogue.close()
  })

  test('that is no WIM is refused, and its space freed', async () => {
    const dir = freshDir()
    const catalogue = await open(dir)
    const { id } = await catalogue.imports.beginUpload({ fileName: 'setup.exe', sizeBytes: 5000 })
    await catalogue.imports.append(id, 0, Readable.from([Buffer.alloc(5000, 'MZ')]))
    expect(await settled(catalogue, id)).toMatchObject({ state: 'failed', problem: { code: 'WIM_NOT_A_WIM' } })
    await expect.poll(() => readdirSync(join(dir, 'imports', id))).toEqual(['import.json'])
    await catalogue.close()
  })

  test('of several editions waits for the choice over a restart', async () => {
    const dir = freshDir()
    const bytes = readFileSync(two)
    const first = await open(dir)
    const { id } = await first.imports.beginUpload({ fileName: 'deux.wim', sizeBytes: bytes.length })
    await first.imports.append(id, 0, Readable.from([bytes]))
    expect((await settled(first, id)).state).toBe('choose')
    await first.close()
    const second = await open(dir)
    const choice = await settled(second, id, ['choose'])
    expect(choice.state).toBe('choose')
    await second.imports.choose(id, [2])
    expect(second.imports.list()[0]?.editions).toHaveLength(2)
    expect(await settled(second, id, ['done', 'failed'])).toMatchObject({ imageIds: ['windows-11-professionnel'] })
    await second.close()
  })
})
