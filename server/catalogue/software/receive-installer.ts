import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { spaceOf, syncPath } from '../files/disk.ts'
import { CatalogueError } from '../images/problem.ts'
import { isErrno } from '../files/system-error.ts'
import { appendToUpload, receivedBytesOf } from '../files/append-upload.ts'
import { isMaterialPath } from '../../../images/material-path.ts'
import { softwareId } from '../../../images/software/manifest.ts'
import { catalogueRefusal } from '../errors.ts'
import type { SingleWriter } from '../files/single-writer.ts'

/** Larger than any installer a workshop puts on a machine for sale; above it, a copy by hand is the better way. */
const largestGb = 8
const largestBytes = largestGb * 1e9

/** An installer on its way in. `upload` tells one sender's from another's of the same name. */
export type ArrivingFile = { id: string; name: string; upload: string }

/** Some bytes of it: where they begin, and how long the whole is. */
export type FilePart = ArrivingFile & { offset: number; sizeBytes: number; content: Readable }

/** What a sender left behind is thrown away after this long. */
const forgottenMs = 86_400_000
const receiving = '.receiving-'

/**
 * Takes in a part of an installer. What arrived stays under a name with a dot, which no listing shows, until the last
 * byte is there; then the file is renamed into its place. Each upload has such a file of its own: two people who send an
 * installer of one name at once mix nothing, and whoever ends last has replaced the other's, whole. A part from offset 0
 * starts over. Throws Refusal SOFTWARE_NOT_FOUND, SOFTWARE_FILE_NAME, SOFTWARE_FILE_TOO_LARGE; CatalogueError as of
 * `appendToUpload`, and NO_SPACE before the first byte.
 *
 * @returns bytes received in all
 */
export async function receiveFile(
  folder: string,
  part: FilePart,
  { alone, signal }: { alone: SingleWriter; signal: AbortSignal },
): Promise<number> {
  const { id, name, offset, sizeBytes, content } = part
  checkNames(id, name)
  if (sizeBytes > largestBytes) throw catalogueRefusal('SOFTWARE_FILE_TOO_LARGE', { limit: largestGb })
  const place = join(folder, id)
  const arriving = join(place, arrivingName(part))
  await mkdir(place, { recursive: true })
  return alone(arriving, signal, async (signal) => {
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
      await removeForgotten(place)
      await syncPath(place)
    }
    return received
  })
}

/** How much of an unfinished installer has arrived; 0 when nothing has, or all. Throws Refusal as `receiveFile` does. */
export async function receivedOf(folder: string, file: ArrivingFile): Promise<number> {
  checkNames(file.id, file.name)
  try {
    return await receivedBytesOf(join(folder, file.id, arrivingName(file)))
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return 0
    throw error
  }
}

/** Of a fixed length, since a name may be as long as the file system takes. */
function arrivingName({ name, upload }: ArrivingFile): string {
  const hash = createHash('sha256').update(`${upload}\n${name}`).digest('hex')
  return `${receiving}${hash.slice(0, 24)}`
}

async function removeForgotten(place: string): Promise<void> {
  for (const name of (await readdir(place)).filter((each) => each.startsWith(receiving))) {
    const path = join(place, name)
    const age = Date.now() - (await stat(path)).mtimeMs
    if (age > forgottenMs) await rm(path, { force: true })
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
