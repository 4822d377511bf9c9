import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { openImageCatalogue, type ImageCatalogue } from '../../server/catalogue/images/image-catalogue.ts'
import type { ImportStatus } from '../../server/catalogue/images/imports/import-status.ts'
import { canRun, missingPrograms } from '../machine/requirements.ts'

/** Whether a program is there; a test that needs one that is not skips and says so. */
export function has(program: string): boolean {
  return canRun(`images with ${program}`, missingPrograms([program]))
}

export function scratchFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `etabli-${name}-`))
}

/** A small tree of files, some shared between editions, with names as Windows has them. */
export function makeTree(folder: string, seed: string): string {
  const noise = (name: string, sizeBytes: number): Buffer => {
    const block = createHash('sha512')
      .update(seed + name)
      .digest()
    return Buffer.alloc(sizeBytes, block)
  }
  const files: Readonly<Record<string, Buffer>> = {
    'Windows/System32/kernel32.dll': Buffer.concat([Buffer.alloc(400_000, 'MZ shared '), noise('k', 1000)]),
    'Windows/System32/fr-FR/aide-mémoire.txt': Buffer.from(`édition ${seed}\r\n`),
    'Windows/Fonts/police.ttf': randomLike(seed, 300_000),
    'Users/Default/NTUSER.DAT': noise('hive', 70_000),
    'Program Files/Vide/vide.txt': Buffer.alloc(0),
  }
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

/** Bytes no packer makes smaller, the same for the same seed. */
function randomLike(seed: string, sizeBytes: number): Buffer {
  const parts: Buffer[] = []
  for (let have = 0; have < sizeBytes; have += 64) parts.push(createHash('sha512').update(`${seed}${have}`).digest())
  return Buffer.concat(parts).subarray(0, sizeBytes)
}

const editions = [
  { name: 'Windows 11 Famille', id: 'Core', build: '4349' },
  { name: 'Windows 11 Professionnel', id: 'Professional', build: '4349' },
]

/** A WIM of two editions, made by wimlib as Microsoft's are. */
export function captureEditions(folder: string, file: string, options: readonly string[]): string {
  const path = join(folder, file)
  editions.forEach(({ name, id, build }, place) => {
    const tree = makeTree(join(folder, `${file}-tree-${place}`), name)
    const properties = {
      DISPLAYNAME: name,
      FLAGS: id,
      'WINDOWS/ARCH': '9',
      'WINDOWS/EDITIONID': id,
      'WINDOWS/LANGUAGES/LANGUAGE': 'fr-FR',
      'WINDOWS/LANGUAGES/DEFAULT': 'fr-FR',
      'WINDOWS/VERSION/MAJOR': '10',
      'WINDOWS/VERSION/MINOR': '0',
      'WINDOWS/VERSION/BUILD': '26100',
      'WINDOWS/VERSION/SPBUILD': build,
    }
    wimlib([
      place === 0 ? 'capture' : 'append',
      tree,
      path,
      name,
      `Description de ${name}`,
      ...(place === 0 ? options : options.filter((option) => option === '--check' || option === '--solid')),
      ...Object.entries(properties).map(([key, value]) => `--image-property=${key}=${value}`),
    ])
    rmSync(tree, { recursive: true })
  })
  return path
}

export function wimlib(args: readonly string[]): string {
  return execFileSync('wimlib-imagex', [...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 2 ** 26,
  })
}

/** A copy of a file with one byte turned over. */
export function flipped(path: string, at: number): string {
  const bytes = readFileSync(path)
  bytes[at] = (bytes[at] ?? 0) ^ 0xff
  const copy = `${path}.flipped`
  writeFileSync(copy, bytes)
  return copy
}

export function open(dir: string): Promise<ImageCatalogue> {
  return openImageCatalogue({ dir, now: () => new Date(), onError: (error) => console.error(error) })
}

/** Waits until an import is in one of these states. */
export async function settled(
  catalogue: ImageCatalogue,
  id: string,
  states: readonly ImportStatus['state'][] = ['choose', 'done', 'failed'],
): Promise<ImportStatus> {
  const { promise, resolve } = Promise.withResolvers<ImportStatus>()
  const look = (): void => {
    const found = catalogue.imports.list().find((candidate) => candidate.id === id)
    if (found !== undefined && states.includes(found.state)) resolve(found)
  }
  const stop = catalogue.onChange(look)
  look()
  const found = await promise
  stop()
  return found
}
