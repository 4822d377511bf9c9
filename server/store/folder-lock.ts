import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { folderFailure } from './data-folder.ts'
import { storeRefusal } from './errors.ts'
import { describeHolder, parseHolder, type Holder } from './holder.ts'
import { resultCode } from './sqlite-failure.ts'

/** A data folder that this server alone uses until it lets go. */
export type FolderLock = {
  /** Adds to what a second server says of this one. */
  tell(url: string): void
  release(): void
}

const BUSY = 5

/**
 * Takes a data folder for one server. The lock is SQLite's own on an empty file: the kernel holds it for the process, not
 * for the file, so that it is gone the moment the process is, however it ended, and programs that the server started
 * (wimlib) do not keep it. Two servers on two computers see each other's where the file system carries locks across
 * (NFS 4 does; a CIFS share mounted with `nobrl` does not).
 *
 * Nothing else may open `lock.db`: POSIX gives up all of a process's locks on a file when it closes any handle of it
 * (fcntl(2)).
 *
 * @throws Refusal DATA_FOLDER_IN_USE, DATA_FOLDER_UNLOCKABLE, DATA_FOLDER_NOT_WRITABLE, DATA_FOLDER_FULL
 */
export function lockFolder(folder: string, holder: Omit<Holder, 'url'>): FolderLock {
  const database = takeLock(folder)
  const note = join(folder, 'lock.json')
  const write = (url: string | null): void => {
    const text = `${JSON.stringify({ ...holder, url } satisfies Holder)}\n`
    try {
      writeFileSync(`${note}.new`, text, { mode: 0o600 })
      renameSync(`${note}.new`, note)
    } catch (error) {
      throw folderFailure(error, folder) ?? error
    }
  }
  try {
    write(null)
  } catch (error) {
    database.close()
    throw error
  }
  return {
    tell: write,
    release: () => {
      rmSync(note, { force: true })
      database.close()
    },
  }
}

function takeLock(folder: string): DatabaseSync {
  let database: DatabaseSync | null = null
  try {
    database = new DatabaseSync(join(folder, 'lock.db'), { timeout: 0 })
    // Nothing is ever written: the journal stays in memory, and the file empty.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE;')
    return database
  } catch (error) {
    database?.close()
    const code = resultCode(error)
    if (code === BUSY)
      throw storeRefusal('DATA_FOLDER_IN_USE', {
        folder,
        holder: describeHolder(readHolder(join(folder, 'lock.json'))),
      })
    if (code === null || !(error instanceof Error)) throw error
    throw storeRefusal('DATA_FOLDER_UNLOCKABLE', { folder, reason: error.message })
  }
}

function readHolder(note: string): Holder | null {
  try {
    return parseHolder(readFileSync(note, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null
    throw error
  }
}
