import { access, chmod, constants, mkdir, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Refusal } from '../refusal/refusal.ts'
import { storeRefusal } from './errors.ts'

/** Something in the data folder that others could read and now cannot, or still can because the system refused. */
export type ModeChange = { path: string; was: string; refused: boolean }

/** Permissions of everybody but the owner. */
const others = 0o077

/**
 * Makes the data folder if it is missing, and sees that the server may write in it.
 *
 * @throws Refusal DATA_FOLDER_NOT_WRITABLE, DATA_FOLDER_FULL
 */
export async function makeDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw folderFailure(error, folder) ?? error
  }
}

/**
 * Sees to it that nobody but its owner reads the data folder: it holds password hashes, sessions, product keys and
 * secrets. One from before, or a file that was put into it, is mended; its sub-folders need no mending, since nobody
 * else gets to them.
 */
export async function closeDataFolder(folder: string): Promise<ModeChange[]> {
  const changes: ModeChange[] = []
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isFile()) changes.push(...(await closeToOthers(join(folder, entry.name))))
  return [...(await closeToOthers(folder)), ...changes]
}

async function closeToOthers(path: string): Promise<ModeChange[]> {
  const { mode } = await stat(path)
  if ((mode & others) === 0) return []
  const was = (mode & 0o7777).toString(8).padStart(4, '0')
  try {
    await chmod(path, mode & 0o7777 & ~others)
    // A file system without modes takes the call and changes nothing.
    return [{ path, was, refused: ((await stat(path)).mode & others) !== 0 }]
  } catch (error) {
    if (codeOf(error) === '') throw error
    return [{ path, was, refused: true }]
  }
}

const fullCodes = new Set(['ENOSPC', 'EDQUOT'])
const closedCodes = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ELOOP'])

/** What the system's refusal of a file in the data folder means to a person; null for anything else. */
export function folderFailure(error: unknown, folder: string): Refusal | null {
  const code = codeOf(error)
  if (fullCodes.has(code)) return storeRefusal('DATA_FOLDER_FULL', { folder })
  if (closedCodes.has(code)) return storeRefusal('DATA_FOLDER_NOT_WRITABLE', { folder, reason: code })
  return null
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
