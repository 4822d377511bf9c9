import type { WimlibResult } from './wimlib.ts'
import { CatalogueError } from '../problem.ts'

/**
 * wimlib's error codes that mean "these bytes are not what they should be" (wimlib.h; they are part of its ABI):
 * DECOMPRESSION, IMAGE_COUNT, INTEGRITY, INVALID_* (header to resource hash, UTF-16), METADATA_NOT_FOUND, READ,
 * RESOURCE_ORDER, UNEXPECTED_END_OF_FILE, XML.
 */
const damaged: ReadonlySet<number> = new Set([
  2, 10, 13, 15, 16, 17, 18, 19, 20, 21, 25, 26, 27, 28, 30, 36, 50, 56, 65, 67, 73,
])

/** RESOURCE_NOT_FOUND: a file of the image is in none of the file's resources, as in a delta WIM without its base. */
const resourceNotFound = 55

/** What a failed call of wimlib means for a person. */
export function explainWimlibFailure(result: WimlibResult, fileName: string): CatalogueError {
  const detail = result.errors.trim().slice(-2000)
  const printed = /error code (\d+)/.exec(result.errors)?.[1]
  const code = printed === undefined ? result.exitCode : Number(printed)
  if (result.errors.includes('No space left on device')) return new CatalogueError('SERVER_DISK_FULL', {}, detail)
  if (code === 74) return new CatalogueError('WIM_ENCRYPTED', { fileName }, detail)
  if (code === 43) return new CatalogueError('WIM_NOT_A_WIM', { fileName }, detail)
  if (code === resourceNotFound) return new CatalogueError('WIM_DELTA', { fileName }, detail)
  if (code === 84) return new CatalogueError('WIM_UNFINISHED', { fileName }, detail)
  if (damaged.has(code)) return new CatalogueError('WIM_DAMAGED', { fileName }, detail)
  return new CatalogueError('WIMLIB_FAILED', { fileName, exitCode: code }, detail)
}
