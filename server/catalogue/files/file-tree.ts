import { readdir, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { isErrno } from './system-error.ts'
import { isMaterialPath } from '../../../images/material-path.ts'
import { noteName } from '../folder-notes.ts'

/** A file below a folder; the path with `/`. */
export type ListedFile = { path: string; sizeBytes: number; modifiedMs: number }

export type FileTree = {
  files: ListedFile[]
  /** Names that Windows would not take; such a file cannot reach a machine. */
  unsafe: string[]
  /** Why the folder could not be read to its end, as the system's code; null when it could. */
  unread: string | null
}

/** More files than any maker's pack for one model has. */
const mostFiles = 20_000
const statsAtOnce = 32

/**
 * Every file below a folder, in order; nothing when there is no folder. Links are not followed, and what begins with a
 * dot is not listed: it is on its way in, or some program's own. One folder that cannot be read must not hide the
 * others, so the reason is returned, not thrown. Throws the signal's reason.
 */
export async function listTree(folder: string, signal: AbortSignal): Promise<FileTree> {
  try {
    return await listWhole(folder, signal)
  } catch (error) {
    signal.throwIfAborted()
    return { files: [], unsafe: [], unread: reasonOf(error) }
  }
}

/** The system's code for a failed read, without the path, which a person does not need. Anything else is a bug and is thrown again. */
export function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return error.message
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  throw error
}

async function listWhole(folder: string, signal: AbortSignal): Promise<FileTree> {
  const paths: string[] = []
  const unsafe: string[] = []
  for (const entry of await entriesBelow(folder)) {
    signal.throwIfAborted()
    if (!entry.isFile()) continue
    const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')
    if (path === noteName || path.split('/').some((name) => name.startsWith('.'))) continue
    if (isMaterialPath(path)) paths.push(path)
    else unsafe.push(path)
    if (paths.length > mostFiles) throw new RangeError(`> ${mostFiles} files`)
  }
  const files: ListedFile[] = []
  for (let at = 0; at < paths.length; at += statsAtOnce) {
    const some = paths.slice(at, at + statsAtOnce).map((path) => listed(folder, path))
    for (const file of await Promise.all(some)) if (file !== null) files.push(file)
  }
  return { files: files.sort(byPath), unsafe: unsafe.sort(), unread: null }
}

async function entriesBelow(folder: string) {
  try {
    return await readdir(folder, { recursive: true, withFileTypes: true })
  } catch (error) {
    if (isErrno(error, 'ENOENT') || isErrno(error, 'ENOTDIR')) return []
    throw error
  }
}

/** Null when a person took it away just now. */
async function listed(folder: string, path: string): Promise<ListedFile | null> {
  try {
    const { size, mtimeMs } = await stat(join(folder, path))
    return { path, sizeBytes: size, modifiedMs: mtimeMs }
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return null
    throw error
  }
}

function byPath(one: ListedFile, other: ListedFile): number {
  return one.path < other.path ? -1 : 1
}

/** The folders directly in a folder, and links to folders, which an operator may place here; in order, none with a dot. */
export async function listFolders(folder: string): Promise<string[]> {
  const names: string[] = []
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue
    const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && (await isDirectory(join(folder, entry.name))))
    if (isFolder) names.push(entry.name)
  }
  return names.sort()
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return false
    throw error
  }
}
