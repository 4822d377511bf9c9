import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseSequence } from '../../../tasksequences/parse/parse-sequence.ts'
import type { ParsedSequence } from '../../../tasksequences/sequence.ts'
import { deploymentRefusal } from '../errors.ts'

export type LoadedSequence = {
  id: string
  origin: 'shipped' | 'own'
  /** Whether it stands in the place of a shipped one, which comes back once it is removed. */
  replaces: boolean
  source: string
  /** First 12 hexadecimal digits of the source's SHA-256. */
  version: string
  parsed: ParsedSequence
}

export type Sequences = {
  /** Shipped files, then the workshop's own, which win by id (the file's name); sorted by id. */
  list(): Promise<LoadedSequence[]>
  get(id: string): Promise<LoadedSequence | null>
  /** Writes the workshop's own file as it is, problems or not; throws Refusal SEQUENCE_ID_INVALID, SEQUENCE_TOO_LARGE. */
  save(id: string, text: string): Promise<LoadedSequence>
  /** Removes the workshop's own file of this name; false when there is none. A shipped one of the name is back then. */
  remove(id: string): Promise<boolean>
}

/** An id is a file's name: nothing in it may lead out of the folder. */
const idPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/
const LARGEST_BYTES = 256 * 1024
const endings = ['.yaml', '.yml']

type Origin = LoadedSequence['origin']

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}

function loaded(id: string, origin: Origin, source: string): LoadedSequence {
  const version = createHash('sha256').update(source).digest('hex').slice(0, 12)
  return { id, origin, replaces: false, source, version, parsed: parseSequence(source) }
}

/** The text of a file, or null when there is none; no more than shows that it is too large. */
async function readText(file: string): Promise<string | null> {
  try {
    const handle = await open(file)
    try {
      const { size } = await handle.stat()
      if (size <= LARGEST_BYTES) return await handle.readFile('utf8')
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(LARGEST_BYTES + 1), 0, LARGEST_BYTES + 1, 0)
      return buffer.toString('utf8', 0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

async function readOne(folder: string, origin: Origin, id: string): Promise<LoadedSequence | null> {
  for (const ending of endings) {
    const source = await readText(join(folder, id + ending))
    if (source !== null) return loaded(id, origin, source)
  }
  return null
}

async function idsIn(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder)
    return names.flatMap((name) => {
      const ending = endings.find((one) => name.endsWith(one))
      const id = ending === undefined ? '' : name.slice(0, -ending.length)
      return idPattern.test(id) ? [id] : []
    })
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/** Writes beside and renames, so that a power cut leaves the old file or the new one. */
async function writeWhole(folder: string, name: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const beside = join(folder, `.${name}.${randomUUID()}`)
  try {
    const handle = await open(beside, 'wx')
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(beside, join(folder, name))
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
}

/** Sequences of two folders of `*.yaml`: the library beside the sources and the workshop's own (made when first needed). */
export function createSequences(folders: { shipped: string; own: string }): Sequences {
  const get = async (id: string): Promise<LoadedSequence | null> => {
    if (!idPattern.test(id)) return null
    const shipped = await readOne(folders.shipped, 'shipped', id)
    const own = await readOne(folders.own, 'own', id)
    return own === null ? shipped : { ...own, replaces: shipped !== null }
  }
  return {
    get,
    list: async () => {
      const ids = new Set([...(await idsIn(folders.shipped)), ...(await idsIn(folders.own))])
      const all = await Promise.all([...ids].sort().map(get))
      return all.filter((sequence) => sequence !== null)
    },
    save: async (id, text) => {
      if (!idPattern.test(id)) throw deploymentRefusal('SEQUENCE_ID_INVALID')
      if (Buffer.byteLength(text) > LARGEST_BYTES)
        throw deploymentRefusal('SEQUENCE_TOO_LARGE', { limit: LARGEST_BYTES / 1024 })
      const has = async (name: string) => (await readText(join(folders.own, name))) !== null
      const name = (await has(`${id}.yaml`)) || !(await has(`${id}.yml`)) ? `${id}.yaml` : `${id}.yml`
      await writeWhole(folders.own, name, text)
      return { ...loaded(id, 'own', text), replaces: (await readOne(folders.shipped, 'shipped', id)) !== null }
    },
    remove: async (id) => {
      if (!idPattern.test(id) || (await readOne(folders.own, 'own', id)) === null) return false
      for (const ending of endings) await rm(join(folders.own, id + ending), { force: true })
      return true
    },
  }
}
