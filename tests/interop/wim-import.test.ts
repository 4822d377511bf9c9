import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ImageCatalogueChange } from '../../server/catalogue/images/image-catalogue.ts'
import { inspect } from '../../server/catalogue/images/imports/inspection.ts'
import { CatalogueError } from '../../server/catalogue/images/problem.ts'
import { decodeHeader } from '../../images/wim/header.ts'
import { encodeHeader } from '../wim-header.ts'
import { captureEditions, flipped, has, makeTree, open, scratchFolder, settled, wimlib } from './wim-material.ts'

const hasWimlib = has('wimlib-imagex')
const scratch = scratchFolder('wim')
const sources: Readonly<Record<string, { options: readonly string[]; kind: 'wim' | 'esd'; compression: string }>> = {
  'lzx.wim': { options: ['--compress=LZX'], kind: 'wim', compression: 'lzx' },
  'xpress.wim': { options: ['--compress=XPRESS'], kind: 'wim', compression: 'xpress' },
  'none.wim': { options: ['--compress=none'], kind: 'wim', compression: 'none' },
  'solid.esd': { options: ['--solid', '--solid-chunk-size=1M'], kind: 'esd', compression: 'lzms' },
  'checked.wim': { options: ['--compress=LZX', '--check'], kind: 'wim', compression: 'lzx' },
}
const source = (name: string): string => join(scratch, name)
let catalogues = 0
const freshDir = (): string => join(scratch, `catalogue-${(catalogues += 1)}`)

beforeAll(() => {
  if (!hasWimlib) return
  for (const [name, { options }] of Object.entries(sources)) captureEditions(scratch, name, options)
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'nothing'
  } catch (error) {
    return error instanceof CatalogueError ? error.code : String(error)
  }
}

describe.skipIf(!hasWimlib)('a source made by wimlib', () => {
  test.each(Object.keys(sources))('%s is listed with what its editions are', async (name) => {
    const inspection = await inspect(source(name))
    expect(inspection).toMatchObject({
      kind: sources[name]?.kind,
      compression: sources[name]?.compression,
      pipable: false,
      hasIntegrityTable: name === 'checked.wim',
      sizeBytes: statSync(source(name)).size,
    })
    expect(inspection.editions).toMatchObject([
      { index: 1, displayName: 'Windows 11 Famille', edition: 'Core' },
      {
        index: 2,
        name: 'Windows 11 Professionnel',
        displayName: 'Windows 11 Professionnel',
        description: 'Description de Windows 11 Professionnel',
        edition: 'Professional',
        architecture: 'x64',
        version: { major: 10, minor: 0, build: 26_100, revision: 4349 },
        build: '26100.4349',
        languages: ['fr-FR'],
        defaultLanguage: 'fr-FR',
        fileCount: 5,
      },
    ])
  })

  test.each(Object.keys(sources))('%s becomes pipable single images with the same files', async (name) => {
    const catalogue = await open(freshDir())
    try {
      const { id } = await catalogue.imports.fromPath(source(name))
      const choice = await settled(catalogue, id)
      expect(choice.state).toBe('choose')
      await catalogue.imports.choose(id, [1, 2])
      const done = await settled(catalogue, id, ['done', 'failed'])
      expect(done).toMatchObject({ state: 'done', problem: null })
      expect(done.imageIds).toEqual(['windows-11-famille', 'windows-11-professionnel'])
      const image = catalogue.find('windows-11-professionnel')
      const path = catalogue.filePath('windows-11-professionnel') ?? ''
      const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')
      expect(image).toMatchObject({ sha256: sha256(path), sizeBytes: statSync(path).size, build: '26100.4349' })
      expect(image?.source).toEqual({ fileName: name, sha256: sha256(source(name)), index: 2 })
      expect(wimlib(['info', path])).toMatch(/Image Count: +1\n[^]*Attributes:.*Pipable/)
      const hashes = (wim: string, index: string): readonly string[] =>
        wimlib(['dir', wim, index, '--detailed']).match(/^.*(?:Full Path|Hash).*$/gm) ?? []
      expect(hashes(path, '1').length).toBeGreaterThan(8)
      expect(hashes(path, '1')).toEqual(hashes(source(name), '2'))
      wimlib(['verify', path])
    } finally {
      await catalogue.close()
    }
  })

  test.skipIf(!has('7zz'))('reads the same as 7-Zip reads it', async () => {
    const listed = execFileSync('7zz', ['l', '-slt', source('lzx.wim')], { encoding: 'utf8' })
    const { editions } = await inspect(source('lzx.wim'))
    for (const edition of editions) {
      const files = listed.match(new RegExp(`^Path = ${edition.index}/.*\\n(?:.+\\n)*?Folder = -`, 'gm')) ?? []
      const folders = listed.match(new RegExp(`^Path = ${edition.index}/.*\\n(?:.+\\n)*?Folder = \\+`, 'gm')) ?? []
      expect(files).toHaveLength(edition.fileCount)
      // 7-Zip does not list the root, which wimlib counts.
      expect(folders).toHaveLength(edition.directoryCount - 1)
    }
  })

  test('with one edition is prepared without asking, and its name is tidy', async () => {
    const tree = makeTree(source('one-tree'), 'seule')
    wimlib(['capture', tree, source('one.wim'), 'Préfixe Wine', '--compress=XPRESS'])
    const catalogue = await open(freshDir())
    const changes: ImageCatalogueChange[] = []
    catalogue.onChange((change) => changes.push(change))
    const { id } = await catalogue.imports.fromPath(source('one.wim'))
    const done = await settled(catalogue, id)
    expect(done).toMatchObject({ state: 'done', imageIds: ['prefixe-wine'], progress: null })
    const phases = changes.map((change) => (change.type === 'import' ? change.import.progress?.phase : undefined))
    expect([...new Set(phases)].filter((phase) => phase !== undefined)).toEqual([
      'hashing',
      'exporting',
      'hashing-result',
    ])
    expect(changes.some((change) => change.type === 'image' && change.image.id === 'prefixe-wine')).toBe(true)
    expect((await catalogue.space()).imagesBytes).toBe(catalogue.find('prefixe-wine')?.sizeBytes)
    await catalogue.close()
  })
})

describe.skipIf(!hasWimlib)('a duplicate', () => {
  test('is refused in words, from the same file and from another with the same image in it', async () => {
    const catalogue = await open(freshDir())
    const first = await catalogue.imports.fromPath(source('lzx.wim'))
    await settled(catalogue, first.id)
    await catalogue.imports.choose(first.id, [2])
    await settled(catalogue, first.id, ['done', 'failed'])
    expect(await codeOf(catalogue.imports.choose(first.id, [1, 2]))).toBe('nothing')
    await settled(catalogue, first.id, ['done', 'failed'])
    const again = await catalogue.imports.fromPath(source('lzx.wim'))
    await settled(catalogue, again.id)
    expect(await codeOf(catalogue.imports.choose(again.id, [2]))).toBe('IMAGE_DUPLICATE')
    expect(await codeOf(catalogue.imports.choose(again.id, [3]))).toBe('EDITION_NOT_FOUND')
    const image = catalogue.find('windows-11-professionnel')
    const prepared = catalogue.filePath('windows-11-professionnel') ?? ''
    copyFileSync(prepared, source('copy.wim'))
    // Of several, what is there already keeps none of the others out.
    expect(await codeOf(catalogue.imports.choose(again.id, [1, 2]))).toBe('IMAGE_DUPLICATE')
    await catalogue.remove('windows-11-famille')
    expect(await codeOf(catalogue.imports.choose(again.id, [1, 2]))).toBe('nothing')
    expect(await settled(catalogue, again.id, ['done', 'failed'])).toMatchObject({
      ...{ state: 'done', problem: null, imageIds: ['windows-11-famille', 'windows-11-professionnel'] },
    })
    const copy = await catalogue.imports.fromPath(source('copy.wim'))
    expect(await settled(catalogue, copy.id)).toMatchObject({
      state: 'failed',
      problem: { code: 'IMAGE_DUPLICATE', params: { name: image?.name, preparedAt: image?.preparedAt } },
    })
    expect(catalogue.list()).toHaveLength(2)
    await catalogue.remove('windows-11-professionnel')
    expect(await codeOf(catalogue.remove('windows-11-professionnel'))).toBe('IMAGE_NOT_FOUND')
    await catalogue.imports.cancel(again.id)
    expect(statSync(source('lzx.wim')).isFile()).toBe(true)
    await catalogue.close()
  })
})

describe.skipIf(!hasWimlib)('a source that is not right', () => {
  test('is known as truncated wherever it was cut', async () => {
    for (const name of Object.keys(sources)) {
      const bytes = readFileSync(source(name))
      const header = decodeHeader(bytes)
      const places = [209, header.xmlData.offset, header.blobTable.offset, header.integrity.offset || 300]
        .flatMap((place) => [place - 1, place, place + 1])
        .concat([100, 207, 208, bytes.length - 1, bytes.length >> 1])
        .filter((place) => place >= 100 && place < bytes.length)
      for (const place of new Set(places)) {
        writeFileSync(source('cut.wim'), bytes.subarray(0, place))
        expect(await codeOf(inspect(source('cut.wim'))), `${name} cut at ${place}`).toBe('WIM_TRUNCATED')
      }
    }
  })

  test('is known as truncated when pipable, too', async () => {
    wimlib(['export', source('lzx.wim'), '1', source('pipable.wim'), '--pipable'])
    expect((await inspect(source('pipable.wim'))).pipable).toBe(true)
    const { size } = statSync(source('pipable.wim'))
    for (const place of [208, 300, size >> 1, size - 208, size - 1]) {
      copyFileSync(source('pipable.wim'), source('cut.wim'))
      truncateSync(source('cut.wim'), place)
      expect(await codeOf(inspect(source('cut.wim'))), `cut at ${place}`).toBe('WIM_TRUNCATED')
    }
  })

  test('never breaks the inspection, whatever byte of header, table or XML is turned over', async () => {
    const header = decodeHeader(readFileSync(source('checked.wim')))
    const end = statSync(source('checked.wim')).size
    const places = [...Array(208).keys()]
    for (let place = header.blobTable.offset; place < end; place += 13) places.push(place)
    for (const place of places) {
      const code = await codeOf(inspect(flipped(source('checked.wim'), place)))
      expect(
        [
          ...['nothing', 'WIM_NOT_A_WIM', 'WIM_TRUNCATED', 'WIM_DAMAGED'],
          ...['WIM_SPLIT_PART', 'WIM_UNFINISHED', 'WIM_DELTA'],
        ],
        `byte ${place}`,
      ).toContain(code)
    }
  })

  test.each(['lzx.wim', 'checked.wim', 'solid.esd', 'none.wim'])(
    'is refused as damaged, with nothing left behind: %s with a byte of its files turned over',
    async (name) => {
      const dir = freshDir()
      const catalogue = await open(dir)
      // The font cannot be packed: it lies somewhere in the middle, in every kind of source.
      const damaged = flipped(source(name), readFileSync(source(name)).length >> 1)
      const { id } = await catalogue.imports.fromPath(damaged)
      expect((await settled(catalogue, id)).state).toBe('choose')
      await catalogue.imports.choose(id, [1, 2])
      expect(await settled(catalogue, id, ['done', 'failed'])).toMatchObject({
        state: 'failed',
        problem: { code: 'WIM_DAMAGED', params: { fileName: `${name}.flipped` } },
      })
      expect(readdirSync(join(dir, 'images')).filter((entry) => entry.startsWith('.'))).toEqual([])
      await catalogue.close()
    },
  )

  test('is refused as damaged when it is pipable already, whose bytes could be copied as they stand', async () => {
    wimlib(['export', source('lzx.wim'), '1', source('whole.wim'), '--pipable', '--compress=LZX:20'])
    const damaged = flipped(source('whole.wim'), readFileSync(source('whole.wim')).length >> 1)
    const catalogue = await open(freshDir())
    const { id } = await catalogue.imports.fromPath(damaged)
    expect(await settled(catalogue, id, ['done', 'failed'])).toMatchObject({
      state: 'failed',
      problem: { code: 'WIM_DAMAGED' },
    })
    expect(catalogue.list()).toEqual([])
    await catalogue.close()
  })

  test('is sound when an image was deleted from it and its metadata is still in the table', async () => {
    const bytes = readFileSync(source('lzx.wim'))
    const header = decodeHeader(bytes)
    const table = bytes.subarray(header.blobTable.offset, header.blobTable.offset + header.blobTable.sizeBytes)
    const at = [...Array(table.length / 50).keys()].find((entry) => ((table[entry * 50 + 7] ?? 0) & 2) !== 0) ?? 0
    const deleted = Buffer.from(table.subarray(at * 50, at * 50 + 50))
    deleted.writeUInt32LE(0, 26)
    const sizeBytes = table.length + 50
    const blobTable = { ...header.blobTable, offset: bytes.length, sizeBytes, originalSizeBytes: sizeBytes }
    const changed = Buffer.concat([bytes, deleted, table])
    changed.set(encodeHeader({ ...header, blobTable }))
    writeFileSync(source('deleted.wim'), changed)
    wimlib(['verify', source('deleted.wim')])
    expect((await inspect(source('deleted.wim'))).editions).toHaveLength(2)
  })

  test('is called unfinished when its writer never came to the end', async () => {
    const bytes = readFileSync(source('lzx.wim'))
    const header = decodeHeader(bytes)
    const none = { sizeBytes: 0, flags: 0, offset: 0, originalSizeBytes: 0 }
    const begun = Buffer.from(bytes)
    begun.set(encodeHeader({ ...header, flags: header.flags | 0x40 }))
    writeFileSync(source('begun.wim'), begun)
    expect(await codeOf(inspect(source('begun.wim')))).toBe('WIM_UNFINISHED')
    begun.set(encodeHeader({ ...header, blobTable: none, xmlData: none }))
    writeFileSync(source('begun.wim'), begun)
    expect(await codeOf(inspect(source('begun.wim')))).toBe('WIM_UNFINISHED')
  })

  test('is called a delta when its files are in another image', async () => {
    const base = makeTree(source('base-tree'), 'base')
    wimlib(['capture', base, source('base.wim'), 'Base'])
    writeFileSync(join(base, 'new.txt'), 'only here')
    wimlib(['capture', base, source('delta.wim'), 'Delta', `--delta-from=${source('base.wim')}`])
    const catalogue = await open(freshDir())
    const { id } = await catalogue.imports.fromPath(source('delta.wim'))
    expect(await settled(catalogue, id, ['done', 'failed'])).toMatchObject({
      state: 'failed',
      problem: { code: 'WIM_DELTA', params: { fileName: 'delta.wim' } },
    })
    await catalogue.close()
  })

  test('is named for what it is: a part, encrypted, no WIM, no file, nothing', async () => {
    wimlib(['split', source('none.wim'), source('part.swm'), '0.3'])
    expect(await codeOf(inspect(source('part.swm')))).toBe('WIM_SPLIT_PART')
    expect(await codeOf(inspect(source('part2.swm')))).toBe('WIM_SPLIT_PART')
    writeFileSync(source('text.wim'), 'MSWIN '.repeat(200))
    expect(await codeOf(inspect(source('text.wim')))).toBe('WIM_NOT_A_WIM')
    writeFileSync(source('empty.wim'), '')
    expect(await codeOf(inspect(source('empty.wim')))).toBe('WIM_NOT_A_WIM')
    expect(await codeOf(inspect(scratch))).toBe('SOURCE_NOT_A_FILE')
    expect(await codeOf(inspect(source('nowhere.wim')))).toBe('SOURCE_NOT_FOUND')
    writeFileSync(source('encrypted.esd'), withXml('<WIM><ESD><ENCRYPTED/></ESD></WIM>'))
    expect(await codeOf(inspect(source('encrypted.esd')))).toBe('WIM_ENCRYPTED')
    writeFileSync(source('bomb.wim'), withXml('<!DOCTYPE a [<!ENTITY b "bb">]><WIM>&b;</WIM>'))
    expect(await codeOf(inspect(source('bomb.wim')))).toBe('WIM_DAMAGED')
  })

  test('fails its import and not the server; the wrong path fails the request', async () => {
    const catalogue = await open(freshDir())
    mkdirSync(source('folder'), { recursive: true })
    expect(await codeOf(catalogue.imports.fromPath(source('folder')))).toBe('SOURCE_NOT_A_FILE')
    expect(await codeOf(catalogue.imports.fromPath('/nowhere/install.wim'))).toBe('SOURCE_NOT_FOUND')
    writeFileSync(source('text.wim'), 'not a WIM')
    const { id } = await catalogue.imports.fromPath(source('text.wim'))
    expect(await settled(catalogue, id)).toMatchObject({ state: 'failed', problem: { code: 'WIM_NOT_A_WIM' } })
    expect(await codeOf(catalogue.imports.choose(id, [1]))).toBe('IMPORT_BUSY')
    await catalogue.imports.cancel(id)
    expect(catalogue.imports.list()).toEqual([])
    await catalogue.close()
  })
})

/** A WIM with another XML in it: header, then XML, then a blob table of nothing. */
function withXml(xml: string): Uint8Array {
  const text = Buffer.from(`\uFEFF${xml}`, 'utf16le')
  const table = Buffer.alloc(50)
  const header = decodeHeader(readFileSync(source('none.wim')).subarray(0, 208))
  return Buffer.concat([
    encodeHeader({
      ...header,
      xmlData: { flags: 2, offset: 208, sizeBytes: text.length, originalSizeBytes: text.length },
      blobTable: { flags: 2, offset: 208 + text.length, sizeBytes: 50, originalSizeBytes: 50 },
    }),
    text,
    table,
  ])
}
