import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { BoardModel, DriverPack, InfFile } from '../../../images/driver-packs/driver-pack.ts'
import { readInfFolder } from './inf-folder.ts'
import { indexPack } from '../../../images/driver-packs/index-pack.ts'
import { parsePack } from '../../../images/driver-packs/parse-pack.ts'
import { isMaterialPath } from '../../../images/material-path.ts'
import { materialMistake } from '../../../images/material-problems.ts'
import { ofWholeFile, type FileProblem } from '../../../text/yaml/problem.ts'
import { listFolders, listTree, reasonOf, type FileTree, type ListedFile } from '../files/file-tree.ts'
import { noteName } from '../folder-notes.ts'
import { readText } from '../files/yaml-files.ts'

/** A driver pack of the catalogue. */
export type DriverPackEntry = {
  name: string
  description: string | null
  pack: DriverPack
  /** Of `pack.yaml` and of file names; with any, no run takes the pack. */
  problems: FileProblem[]
  /** Everything in its folder but `pack.yaml`. */
  files: ListedFile[]
}

export type DriverPacks = {
  packs: DriverPackEntry[]
  /** INFs that lie in no pack's folder. */
  strays: string[]
}

const packName = 'pack.yaml'
/** So many INFs are read before anybody else may have a turn. */
const infsAtOnce = 20

/** Reads the packs of a folder; an index is made again only when an INF or `pack.yaml` has changed. */
export function createDriverPackReader(folder: string, signal: AbortSignal): () => Promise<DriverPacks> {
  const known = new Map<string, { signature: string; entry: Promise<DriverPackEntry> }>()
  return async () => {
    const packs: DriverPackEntry[] = []
    const names = await listFolders(folder)
    for (const name of names) {
      const tree = await listTree(join(folder, name), signal)
      const signature = signatureOf(tree.files)
      const found = known.get(name)
      const entry =
        found?.signature === signature ? found.entry : indexFolder({ name, folder: join(folder, name), signal })
      if (entry !== found?.entry) remember(known, name, { signature, entry })
      packs.push(withFiles(await entry, tree))
    }
    for (const name of known.keys()) if (!names.includes(name)) known.delete(name)
    return { packs, strays: await straysIn(folder) }
  }
}

function remember<T extends { entry: Promise<unknown> }>(known: Map<string, T>, name: string, one: T): void {
  known.set(name, one)
  // A reading that failed is not kept: the next question tries again.
  one.entry.catch(() => known.get(name) === one && known.delete(name))
}

function signatureOf(files: readonly ListedFile[]): string {
  return files
    .filter(({ path }) => path === packName || path.toLowerCase().endsWith('.inf'))
    .map(({ path, sizeBytes, modifiedMs }) => `${path}|${sizeBytes}|${modifiedMs}`)
    .join('\n')
}

function withFiles(entry: DriverPackEntry, { files, unsafe, unread }: FileTree): DriverPackEntry {
  return {
    ...entry,
    files: files.filter(({ path }) => path !== packName),
    problems: [
      ...entry.problems,
      ...(unread === null ? [] : [ofWholeFile(materialMistake('FILE_NOT_READ', { reason: unread }))]),
      ...unsafe.map((path) => ofWholeFile(materialMistake('FILE_NAME_UNSAFE', { path }))),
    ],
  }
}

type Place = { name: string; folder: string; signal: AbortSignal }

async function indexFolder({ name, folder, signal }: Place): Promise<DriverPackEntry> {
  const text = await readText(join(folder, packName))
  const parsed = text === null ? null : parsePack(text)
  const file = parsed?.ok === true ? parsed.value : null
  const problems = [
    ...(isMaterialPath(name) && name.length <= 128
      ? []
      : [ofWholeFile(materialMistake('FILE_NAME_UNSAFE', { path: name }))]),
    ...(parsed?.ok === false ? parsed.problems : []),
  ]
  const infs = await readInfs(folder, signal, problems)
  const pack = await indexGently(name, file?.models ?? [], infs)
  return { name, description: file?.description ?? null, pack, problems, files: [] }
}

async function readInfs(folder: string, signal: AbortSignal, problems: FileProblem[]): Promise<InfFile[]> {
  try {
    return await readInfFolder(folder, signal)
  } catch (error) {
    signal.throwIfAborted()
    problems.push(ofWholeFile(materialMistake('FILE_NOT_READ', { reason: reasonOf(error) })))
    return []
  }
}

/** The index in pieces: five thousand INFs in one go would keep every machine's request waiting for seconds. */
async function indexGently(
  name: string,
  models: readonly BoardModel[],
  files: readonly InfFile[],
): Promise<DriverPack> {
  const parts: DriverPack[] = []
  for (let at = 0; at < files.length; at += infsAtOnce) {
    parts.push(indexPack({ name, models, files: files.slice(at, at + infsAtOnce) }))
    await setImmediate()
  }
  return {
    name,
    models,
    drivers: parts.flatMap(({ drivers }) => drivers),
    withoutDevices: parts.flatMap(({ withoutDevices }) => withoutDevices),
    problems: parts.flatMap(({ problems }) => problems),
  }
}

async function straysIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && entry.name !== noteName && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort()
}
