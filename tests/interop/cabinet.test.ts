import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { MalformedCabinet } from '../../images/cabinet/malformed-cabinet.ts'
import { readCabinetDirectory, readCabinetFile } from '../../images/cabinet/read-cabinet.ts'
import { readerOf } from '../../images/positional-reader.ts'
import { canRun, missingPrograms } from '../machine/requirements.ts'
import { damaged } from '../unit/damaged.ts'
import { runs } from '../unit/property-runs.ts'
import { scratchFolder } from './wim-material.ts'

const able = canRun('reading cabinets', missingPrograms(['gcab', 'cabextract']))
const folder = scratchFolder('cabinet')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const files: Readonly<Record<string, Buffer>> = {
  'leer.txt': Buffer.alloc(0),
  'Windows10.0-KB5005565-x64-pkgProperties.txt': Buffer.from('KB Article Number="5005565"\r\n'.repeat(20)),
  // Longer than a block, and with what one block takes over from the one before.
  'update.mum': Buffer.from('<assembly>'.repeat(20_000)),
  'rauschen.bin': randomBytes(100_000),
  'été.txt': Buffer.from('août\r\n'),
}

function make(name: string, options: readonly string[]): string {
  mkdirSync(join(folder, 'in'), { recursive: true })
  for (const [file, bytes] of Object.entries(files)) writeFileSync(join(folder, 'in', file), bytes)
  execFileSync('gcab', ['-c', ...options, join(folder, name), ...Object.keys(files)], { cwd: join(folder, 'in') })
  return join(folder, name)
}

/** Names and sizes as cabextract lists them. */
function listed(path: string): Map<string, number> {
  const lines = execFileSync('cabextract', ['-l', '-q', path], { encoding: 'utf8' }).split('\n')
  return new Map(
    lines.flatMap((line) => {
      const found = /^\s*(\d+) \|[^|]*\| (.*)$/.exec(line)
      return found === null ? [] : [[found[2] ?? '', Number(found[1])] as const]
    }),
  )
}

describe.skipIf(!able)('a cabinet that gcab made', () => {
  test.each([
    ['unpacked', []],
    ['packed by MSZIP', ['-z']],
  ])('%s has the files that cabextract takes out of it', async (name, options) => {
    const path = make(`${name}.cab`, options)
    const reader = readerOf(readFileSync(path))
    const directory = await readCabinetDirectory(reader)
    expect(new Map(directory.files.map((file) => [file.name, file.sizeBytes]))).toEqual(listed(path))
    expect(directory.wholeBytes).toBe(reader.sizeBytes)
    for (const file of directory.files) {
      const content = await readCabinetFile(reader, directory, file, 1_000_000)
      const taken = execFileSync('cabextract', ['-p', '-q', '-F', file.name, path], { maxBuffer: 2 ** 24 })
      expect(content).toMatchObject({ read: true })
      if (content.read) expect(Buffer.from(content.bytes).equals(taken)).toBe(true)
      expect(taken.equals(files[file.name] ?? Buffer.from('?'))).toBe(true)
    }
  })

  test('with thousands of files is listed whole', async () => {
    mkdirSync(join(folder, 'many'), { recursive: true })
    const names = Array.from(
      { length: 3000 },
      (_, index) => `amd64_microsoft-windows-component-${index}_31bf3856ad364e35.manifest`,
    )
    for (const name of names) writeFileSync(join(folder, 'many', name), name)
    execFileSync('gcab', ['-c', '-z', join(folder, 'many.cab'), ...names], { cwd: join(folder, 'many') })
    const reader = readerOf(readFileSync(join(folder, 'many.cab')))
    const directory = await readCabinetDirectory(reader)
    expect(directory.files.map(({ name }) => name)).toEqual(names)
    const last = directory.files.at(-1)
    expect(last && (await readCabinetFile(reader, directory, last, 1000))).toEqual({
      read: true,
      bytes: Buffer.from(names.at(-1) ?? ''),
    })
  })

  test('in a packing that is not read here, or too long, keeps its names and says why', async () => {
    const bytes = readFileSync(make('lzx.cab', ['-z']))
    // No program of Debian packs LZX: the folder is made to say so.
    const folderAt = 36
    bytes.writeUInt16LE(0x1503, folderAt + 6)
    const reader = readerOf(bytes)
    const directory = await readCabinetDirectory(reader)
    const file = directory.files.find(({ name }) => name === 'update.mum')
    if (file === undefined) throw new Error('no update.mum')
    expect(await readCabinetFile(reader, directory, file, 1_000_000)).toEqual({
      read: false,
      because: 'compression',
      compression: 'lzx',
    })
    const whole = readerOf(readFileSync(join(folder, 'packed by MSZIP.cab')))
    expect(
      await readCabinetFile(
        whole,
        await readCabinetDirectory(whole),
        { ...file, folder: { compression: 'mszip', firstBlock: 0, blocks: 1 } },
        10,
      ),
    ).toEqual({
      read: false,
      because: 'too-long',
    })
  })

  test('damaged, it is read, refused, or its checksum tells', async () => {
    const whole = readFileSync(make('damaged.cab', ['-z']))
    await fc.assert(
      fc.asyncProperty(damaged(whole), async (bytes) => {
        const reader = readerOf(bytes)
        try {
          const directory = await readCabinetDirectory(reader)
          for (const file of directory.files.slice(0, 10)) {
            const content = await readCabinetFile(reader, directory, file, 300_000)
            if (content.read) expect(content.bytes.length).toBe(file.sizeBytes)
          }
        } catch (error) {
          if (!(error instanceof MalformedCabinet)) throw error
        }
      }),
      { numRuns: runs(300) },
    )
  })

  test('a changed byte of its data is not given away as its own', async () => {
    const bytes = readFileSync(make('changed.cab', []))
    const at = bytes.indexOf('<assembly>')
    bytes.write('X', at + 4, 'latin1')
    const reader = readerOf(bytes)
    const directory = await readCabinetDirectory(reader)
    const file = directory.files.find(({ name }) => name === 'update.mum')
    if (file === undefined) throw new Error('no update.mum')
    await expect(readCabinetFile(reader, directory, file, 1_000_000)).rejects.toThrow(MalformedCabinet)
  })
})
