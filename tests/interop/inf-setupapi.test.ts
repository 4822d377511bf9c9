import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runProgram } from '../../agent/windows/build/build-program.ts'
import { integrityOf, readRuntime } from '../../agent/windows/build/runtime.ts'
import { entriesOf, readDocument } from '../../images/inf/document.ts'
import { decodeInf } from '../../images/inf/encoding.ts'
import { readStrings } from '../../images/inf/strings.ts'
import { foreignSamples } from '../foreign-samples.ts'
import { canRun } from '../machine/requirements.ts'
import { componentInf, ethernetInf, extensionInf, graphicsInf, oddInf, shortInf } from '../unit/images/inf/infs.ts'
import type { SetupapiInf } from './setupapi-reader.ts'
import { whyNoRuntime } from './windows-runtime.ts'
import { openWine, whyNoWine, type Wine } from './wine.ts'

const root = join(import.meta.dirname, '../..')
const cacheDir = join(root, 'build/windows/cache')
const signal = AbortSignal.timeout(900_000)
const obstacle = whyNoWine() ?? (await whyNoRuntime(cacheDir, signal))

/** Folders of other people's INFs: the samples, and any that `ETABLI_INFS` names. */
const folders = [process.env['ETABLI_INFS'], foreignSamples === null ? undefined : join(foreignSamples, 'cases')]

/** koffi's part for Windows, by the integrity of our own package-lock.json. */
async function koffiForWindows(folder: string): Promise<void> {
  const name = '@koromix/koffi-win32-x64'
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version: string; integrity: string }>
  }
  const { version = '', integrity = '' } = lock.packages[`node_modules/${name}`] ?? {}
  const archive = join(cacheDir, `koromix-koffi-win32-x64-${version}.tgz`)
  if (!existsSync(archive))
    await runProgram('npm', ['pack', `${name}@${version}`, '--silent', '--pack-destination', cacheDir], { signal })
  expect(integrityOf(readFileSync(archive))).toBe(integrity)
  mkdirSync(join(folder, name), { recursive: true })
  await runProgram('tar', ['-xzf', archive, '-C', join(folder, name), '--strip-components=1'], { signal })
  cpSync(join(root, 'node_modules/koffi'), join(folder, 'koffi'), { recursive: true })
}

/** The text of an INF as Windows has it: UTF-8 without a mark is ANSI to it, and to us what it was meant to be. */
function textOf(bytes: Uint8Array): string {
  const { encoding, text } = decodeInf(bytes)
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb
  return encoding === 'utf-8' && !isMarked ? new TextDecoder('windows-1252').decode(bytes) : text
}

function isEqual(mine: string | undefined, its: string | null | undefined): boolean {
  // Folders by number (`%12%`) are places on the machine where the INF is installed.
  if (/%-?\d+%/.test(mine ?? '')) return true
  // To Wine a quote that is left open takes the carriage return with it.
  return (mine ?? '') === (its ?? '').replace(/\r$/, '')
}

/** Where our reading of an INF is another than setupapi's. Wine knows no language sections, so none is asked for. */
function differences(bytes: Uint8Array, theirs: NonNullable<SetupapiInf['sections']>): string[] {
  const document = readDocument(textOf(bytes), () => undefined)
  const expand = readStrings(document, 0, () => undefined)
  const names = new Set([...document.keys(), ...Object.keys(theirs)])
  return [...names].flatMap((name) => {
    const [mine, its] = [entriesOf(document, name), theirs[name] ?? []]
    if (mine.length !== its.length) return [`[${name}] has ${mine.length} lines, not ${its.length}`]
    return mine.flatMap(({ line, key, values }, index) => {
      const [itsKey, ...itsValues] = its[index] ?? []
      const own = values.map((value) => expand(value, line))
      const count = Math.max(own.length, itsValues.length)
      const isSame =
        (key === null || isEqual(expand(key, line), itsKey)) &&
        Array.from({ length: count }, (_, at) => isEqual(own[at], itsValues[at])).every(Boolean)
      return isSame ? [] : [`[${name}] line ${line}: ${JSON.stringify(own)}, not ${JSON.stringify(itsValues)}`]
    })
  })
}

describe.runIf(canRun('INFs read by Wine’s setupapi', obstacle))('an INF means what setupapi makes of it', () => {
  let wine: Wine
  beforeAll(async () => void (wine = await openWine()))
  afterAll(() => wine.close())

  /** What setupapi makes of each INF. */
  async function readThere(infs: ReadonlyMap<string, Uint8Array>): Promise<SetupapiInf[]> {
    const folder = join(wine.drive, 'infs')
    mkdirSync(folder)
    writeFileSync(join(folder, 'node.exe'), await readRuntime(cacheDir, signal))
    await koffiForWindows(join(folder, 'node_modules'))
    cpSync(join(import.meta.dirname, 'setupapi-reader.ts'), join(folder, 'reader.mts'))
    for (const [name, bytes] of infs) writeFileSync(join(folder, name), bytes)
    writeFileSync(join(folder, 'list.json'), JSON.stringify([...infs.keys()].map((name) => `C:\\infs\\${name}`)))
    const reader = wine.start('C:\\infs\\node.exe', ['C:\\infs\\reader.mts', 'C:\\infs\\list.json', 'C:\\infs\\out'])
    expect(await reader.ended, reader.output()).toBe(0)
    return readFileSync(join(folder, 'out'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as SetupapiInf)
  }

  test('ours, and every one of other people’s at hand', { timeout: 900_000 }, async () => {
    const texts = [ethernetInf, graphicsInf, extensionInf, componentInf, oddInf, shortInf({ id: 'PCI\\VEN_8086' })]
    const all = [...texts.map((text) => Buffer.from(text, 'latin1')), ...folders.flatMap(infsBelow)]
    const infs = new Map(
      all.map((bytes) => [`${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}.inf`, bytes]),
    )
    const read = await readThere(infs)
    const found = read.flatMap(({ path, sections }) => {
      const bytes = infs.get(path.split('\\').at(-1) ?? '') ?? new Uint8Array()
      // What it refuses to open is no INF of a driver.
      const differs = sections === null ? [] : differences(bytes, sections)
      return differs.length === 0 ? [] : [{ path, differs: differs.slice(0, 3) }]
    })
    console.log(`${read.length} INFs, ${read.filter(({ sections }) => sections === null).length} opened by nobody`)
    expect(found).toEqual([])
  })
})

function infsBelow(folder: string | undefined): Buffer[] {
  if (folder === undefined || !existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.toLowerCase().endsWith('.inf'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
}
