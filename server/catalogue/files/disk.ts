import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rename, rm, statfs, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Bytes an ordinary process may still write, and all bytes, of the file system a folder lies on. */
export async function spaceOf(folder: string): Promise<{ freeBytes: number; totalBytes: number }> {
  const { bavail, blocks, bsize } = await statfs(folder)
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
}

/**
 * SHA-256 of a file, in hexadecimal digits, read in pieces of 1 MiB.
 *
 * @param onBytes - called after each piece with the bytes done so far
 */
export async function hashFile(
  path: string,
  { signal, onBytes }: { signal: AbortSignal; onBytes?: (doneBytes: number) => void },
): Promise<string> {
  const hash = createHash('sha256')
  let doneBytes = 0
  const pieces: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: 1024 * 1024, signal })
  for await (const piece of pieces) {
    hash.update(piece)
    doneBytes += piece.length
    onBytes?.(doneBytes)
  }
  return hash.digest('hex')
}

/** Writes a small file so that after a power cut either the old one or the new one is there, whole. */
export async function writeWhole(path: string, content: string, mode = 0o666): Promise<void> {
  const temporary = `${path}.new`
  try {
    // One that a cut has left behind would keep its own mode.
    await rm(temporary, { force: true })
    const write = async (file: FileHandle): Promise<void> => {
      await file.writeFile(content)
      await file.sync()
    }
    await useFile(temporary, 'wx', write, mode)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await syncPath(dirname(path))
}

/** Waits until a file's bytes, or a folder's names, are on the disk. */
export async function syncPath(path: string): Promise<void> {
  await useFile(path, 'r', (file) => file.sync())
}

async function useFile(
  path: string,
  flags: string,
  use: (file: FileHandle) => Promise<void>,
  mode?: number,
): Promise<void> {
  const file = await open(path, flags, mode)
  try {
    await use(file)
  } finally {
    await file.close()
  }
}
