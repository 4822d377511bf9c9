import { dirname } from 'node:path'
import type { Refusal } from '../refusal/refusal.ts'
import { storeRefusal } from './errors.ts'

/** SQLite's result codes that a person can do something about (https://sqlite.org/rescode.html). */
const PERM = 3
const BUSY = 5
const LOCKED = 6
const READONLY = 8
const IOERR = 10
const CORRUPT = 11
const FULL = 13
const CANTOPEN = 14
const PROTOCOL = 15
const NOTADB = 26

/** The result code of an error of Node's SQLite, without what makes it an extended one; null for any other error. */
export function resultCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null
  return error.errcode & 0xff
}

/** What an error of SQLite means to a person, with the error as its cause; null for one that is a fault of ours. */
export function sqliteFailure(error: unknown, file: string): Refusal | null {
  const refusal = refusalFor(resultCode(error), file, error instanceof Error ? error.message : '')
  return refusal && Object.assign(refusal, { cause: error })
}

function refusalFor(code: number | null, file: string, reason: string): Refusal | null {
  switch (code) {
    case CORRUPT:
    case NOTADB:
      return storeRefusal('DATABASE_DAMAGED', { file, reason })
    case FULL:
      return storeRefusal('DATA_FOLDER_FULL', { folder: dirname(file) })
    case BUSY:
    case LOCKED:
    case PROTOCOL:
      return storeRefusal('DATABASE_BUSY', { file })
    case PERM:
    case READONLY:
    case IOERR:
    case CANTOPEN:
      return storeRefusal('DATABASE_FAILED', { file, reason })
    default:
      return null
  }
}
