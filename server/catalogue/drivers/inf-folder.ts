import { open, readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { maxInfBytes } from '../../../images/inf/encoding.ts'
import type { InfFile } from '../../../images/driver-packs/driver-pack.ts'

/** More INFs than the largest pack of a maker for all its models. */
const maxInfs = 5000

/**
 * Reads every INF under a pack's folder, paths with `/` from the folder on. Links are not followed, and of a file too
 * large to be an INF only so much is read that the reader says so.
 * Throws what the file system throws, the signal's reason when aborted, and RangeError past 5000 INFs.
 */
export async function readInfFolder(folder: string, signal: AbortSignal): Promise<InfFile[]> {
  const files: InfFile[] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    signal.throwIfAborted()
    if (!entry.isFile() || !entry.name.toLowerCase().endsWith('.inf')) continue
    if (files.length === maxInfs) throw new RangeError(`more than ${maxInfs} INFs under ${folder}`)
    const path = join(entry.parentPath, entry.name)
    files.push({ path: relative(folder, path).split(sep).join('/'), bytes: await readHead(path) })
  }
  return files.toSorted((one, other) => (one.path < other.path ? -1 : 1))
}

async function readHead(path: string): Promise<Uint8Array> {
  await using file = await open(path)
  const { size } = await file.stat()
  const bytes = new Uint8Array(Math.min(size, maxInfBytes + 1))
  const { bytesRead } = await file.read(bytes, 0, bytes.length, 0)
  return bytes.subarray(0, bytesRead)
}
