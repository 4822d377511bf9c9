import { constants } from 'node:fs'
import { open, readdir, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { FileHandle } from 'node:fs/promises'
import { mapFileName, pickEntry } from './file-name.ts'
import type { OpenFile, Opener, OpenResult } from './opener.ts'

const MISSING: OpenResult = { kind: 'missing', reason: 'File not found' }

/**
 * Serves the files below a folder, found without regard to case. Links are followed as long as they stay below it.
 *
 * @param directory path of the folder; it may come into being later.
 */
export function servedFolder(directory: string): Opener {
  return async (path) => {
    const name = mapFileName(path)
    if (name.kind === 'refused') return name
    try {
      const root = await realpath(directory)
      const found = await findEntry(root, name.path.split('/').slice(1))
      if (found === undefined) return MISSING
      const target = await realpath(found)
      if (!target.startsWith(root + sep)) return { kind: 'refused', reason: 'A link leads out of the served folder' }
      return await openRegularFile(target)
    } catch (error) {
      return resultOfError(error)
    }
  }
}

async function findEntry(root: string, segments: readonly string[]): Promise<string | undefined> {
  let folder = root
  for (const segment of segments) {
    // The folder may be a link: it must be below the root before it is listed.
    const real = await realpath(folder)
    if (real !== root && !real.startsWith(root + sep)) return folder
    const entry = pickEntry(await readdir(real), segment)
    if (entry === undefined) return undefined
    folder = join(real, entry)
  }
  return folder
}

async function openRegularFile(path: string): Promise<OpenResult> {
  // O_NONBLOCK: opening a FIFO somebody left there would wait for a writer. O_NOFOLLOW: the link was resolved already.
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  const stat = await handle.stat()
  if (stat.isFile()) return fileOfHandle(handle, stat.size)
  await handle.close()
  return { kind: 'missing', reason: 'Not a file' }
}

function fileOfHandle(handle: FileHandle, sizeBytes: number): OpenFile {
  return {
    kind: 'file',
    sizeBytes,
    read: async (offset, length) => {
      const bytes = Buffer.allocUnsafe(length)
      let filled = 0
      while (filled < length) {
        const { bytesRead } = await handle.read(bytes, filled, length - filled, offset + filled)
        if (bytesRead === 0) throw new Error(`the file became shorter than ${sizeBytes} bytes while it was sent`)
        filled += bytesRead
      }
      return bytes
    },
    close: () => handle.close(),
  }
}

function resultOfError(error: unknown): OpenResult {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
      return MISSING
    case 'EACCES':
    case 'EPERM':
    case 'ELOOP':
      return { kind: 'refused', reason: 'Access denied' }
    default:
      throw error
  }
}
