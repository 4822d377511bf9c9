import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { spaceOf, syncPath } from '../files/disk.ts'
import { CatalogueError } from '../images/problem.ts'
import { isErrno } from '../files/system-error.ts'
import { appendToUpload, receivedBytesOf } from '../files/append-upload.ts'
import { isMaterialPath } from '../../../images/material-path.ts'
import { softwareId } from '../../../images/software/manifest.ts'
import { catalogueRefusal } from '../errors.ts'

/** Larger than any installer a workshop puts on a machine for sale; above it, a copy by hand is the better way. */
const largestGb = 8
const largestBytes = largestGb * 1e9

/** Some bytes of an installer on its way in: where they begin, and how long the whole is. */
export type FilePart = { id: string; name: string; offset: number; sizeBytes: number; content: Readable }

/**
 * Takes in a part of an installer. What arrived stays under a name with a dot, which no listing shows, until the last
 * byte is there; then the file is renamed into its place. A part from offset 0 starts over.
 * Throws Refusal SOFTWARE_NOT_FOUND, SOFTWARE_FILE_NAME, SOFTWARE_FILE_TOO_LARGE; CatalogueError as of `appendToUpload`,
 * and NO_SPACE before the first byte.
 *
 * @returns bytes received in all
 */
export async function receiveFile(folder: string, part: FilePart, signal: AbortSignal): Promise<number> {
  const { id, name, offset, sizeBytes, content } = part
  checkNames(id, name)
  if (sizeBytes > largestBytes) throw catalogueRefusal('SOFTWARE_FILE_TOO_LARGE', { limit: largestGb })
  const place = join(folder, id)
  const arriving = join(place, `.receiving-${name}`)
  await mkdir(place, { recursive: true })
  if (offset === 0) {
    const { freeBytes } = await spaceOf(place)
    if (freeBytes < sizeBytes) throw new CatalogueError('NO_SPACE', { neededBytes: sizeBytes, freeBytes })
    await rm(arriving, { force: true })
  }
  // 'a' makes it when it is missing and leaves what is there: where to go on, its size says.
  await (await open(arriving, 'a')).close()
  const received = await appendToUpload(arriving, { offset, announcedBytes: sizeBytes, content }, { signal })
  if (received === sizeBytes) {
    await rename(arriving, join(place, name))
    await syncPath(place)
  }
  return received
}

/** How much of an unfinished installer has arrived; 0 when nothing has, or all. Throws Refusal as `receiveFile` does. */
export async function receivedOf(folder: string, { id, name }: { id: string; name: string }): Promise<number> {
  checkNames(id, name)
  try {
    return await receivedBytesOf(join(folder, id, `.receiving-${name}`))
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return 0
    throw error
  }
}

function checkNames(id: string, name: string): void {
  if (!softwareId.test(id)) throw catalogueRefusal('SOFTWARE_NOT_FOUND', { id, suggestion: null })
  if (!isInstallerName(name)) throw catalogueRefusal('SOFTWARE_FILE_NAME', { name })
}

/** A plain name that Windows takes, that no listing hides, and that is not the manifest's. */
function isInstallerName(name: string): boolean {
  return (
    isMaterialPath(name) &&
    !name.includes('/') &&
    !name.startsWith('.') &&
    name !== 'manifest.yaml' &&
    name.length <= 200
  )
}
