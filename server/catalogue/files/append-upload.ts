import { open, stat, type FileHandle } from 'node:fs/promises'
import { addAbortSignal, type Readable } from 'node:stream'
import { CatalogueError } from '../images/problem.ts'
import { isErrno } from './system-error.ts'
import { spaceOf } from './disk.ts'

/** Makes the empty file an upload goes into; throws when it exists. */
export async function createUpload(path: string): Promise<void> {
  const file = await open(path, 'wx')
  await file.close()
}

/** How much of an upload has arrived: the file says, so that a server that was restarted knows too. */
export async function receivedBytesOf(path: string): Promise<number> {
  return (await stat(path)).size
}

/**
 * Writes a stream to the end of an upload's file. What arrives stays, even when the stream breaks off.
 *
 * @param part - `offset` where the sender believes the file ends; `announcedBytes` the size announced at first
 * @returns bytes received in all
 * @throws CatalogueError UPLOAD_OFFSET with the right one, UPLOAD_TOO_LARGE (this part is then dropped), NO_SPACE;
 * the stream's own error, or the signal's reason, when it breaks off
 */
export async function appendToUpload(
  path: string,
  part: { readonly offset: number; readonly announcedBytes: number; readonly content: Readable },
  options: { readonly signal: AbortSignal; readonly onBytes?: (receivedBytes: number) => void },
): Promise<number> {
  const file = await open(path, 'r+')
  try {
    const expectedOffset = (await file.stat()).size
    if (part.offset !== expectedOffset) throw new CatalogueError('UPLOAD_OFFSET', { expectedOffset })
    return await writePieces(file, path, part, options)
  } finally {
    await file.close()
  }
}

async function writePieces(
  file: FileHandle,
  path: string,
  { offset, announcedBytes, content }: { offset: number; announcedBytes: number; content: Readable },
  { signal, onBytes }: { signal: AbortSignal; onBytes?: (receivedBytes: number) => void },
): Promise<number> {
  let received = offset
  addAbortSignal(signal, content)
  const pieces: AsyncIterable<Buffer> = content
  try {
    for await (const piece of pieces) {
      if (received + piece.length > announcedBytes) {
        await file.truncate(offset)
        throw new CatalogueError('UPLOAD_TOO_LARGE', { sizeBytes: announcedBytes })
      }
      await writeAll(file, piece, received)
      received += piece.length
      onBytes?.(received)
    }
  } catch (error) {
    if (!isErrno(error, 'ENOSPC') && !isErrno(error, 'EDQUOT')) throw error
    await file.truncate(received)
    const { freeBytes } = await spaceOf(path)
    throw new CatalogueError('NO_SPACE', { neededBytes: announcedBytes - received, freeBytes })
  }
  if (received === announcedBytes) await file.sync()
  return received
}

async function writeAll(file: FileHandle, piece: Buffer, at: number): Promise<void> {
  for (let done = 0; done < piece.length;) {
    const { bytesWritten } = await file.write(piece, done, piece.length - done, at + done)
    done += bytesWritten
  }
}
