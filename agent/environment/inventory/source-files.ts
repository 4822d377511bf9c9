import { readdir, readFile, readlink, realpath } from 'node:fs/promises'
import { join } from 'node:path'

/** The kernel's files, read only; whatever cannot be read is null, because no two machines have the same ones. */
export type SourceFiles = {
  /** Trimmed; null when missing or unreadable. */
  text(path: string): Promise<string | null>
  bytes(path: string): Promise<Uint8Array | null>
  /** Names in a folder, sorted; empty when there is none. */
  list(path: string): Promise<string[]>
  /** Last part of what a link points to: `driver` → `igc`. */
  linkName(path: string): Promise<string | null>
  /** The path with all links followed, relative to the root again. */
  resolve(path: string): Promise<string | null>
}

/** Reads below `root`, which is `/` on a machine and a folder of fixtures in a test. */
export function openSourceFiles(root: string): SourceFiles {
  const at = (path: string): string => join(root, path)
  return {
    text: (path) => orNull(async () => (await readFile(at(path), 'utf8')).replaceAll('\0', '').trim()),
    bytes: (path) => orNull(() => readFile(at(path))),
    list: async (path) => (await orNull(() => readdir(at(path))))?.sort() ?? [],
    linkName: async (path) => (await orNull(() => readlink(at(path))))?.split('/').at(-1) ?? null,
    resolve: async (path) => (await orNull(() => realpath(at(path))))?.slice(root === '/' ? 0 : root.length) ?? null,
  }
}

/** Any error code of the kernel (ENOENT, EACCES, EIO, ENODATA, EINVAL…) means: this machine does not tell. */
async function orNull<Value>(read: () => Promise<Value>): Promise<Value | null> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null
    throw error
  }
}
