import { join } from 'node:path'
import { Refusal } from '../refusal.ts'
import type { ListedFile } from './file-tree.ts'
import type { ShelfFolders } from './folders.ts'
import type { Hashes } from './hashes.ts'
import type { ShelfReaders } from './materials.ts'

/**
 * Reads every file of the shelf once, one after the other, so that a run that takes gigabytes of updates does not wait
 * for it. A file that changes meanwhile is left for the run that wants it.
 */
export async function warmHashes(shelf: {
  readers: ShelfReaders
  folders: ShelfFolders
  hashes: Hashes
}): Promise<void> {
  for (const { path, file } of await everyFile(shelf)) {
    try {
      await shelf.hashes.of(path, file)
    } catch (error) {
      const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT'
      if (!isGone && !(error instanceof Refusal)) throw error
    }
  }
}

async function everyFile({ readers, folders }: { readers: ShelfReaders; folders: ShelfFolders }) {
  const placed = (folder: string, files: readonly ListedFile[]) =>
    files.map((file) => ({ path: join(folder, file.path), file }))
  const software = (await readers.software()).flatMap(({ folder, files }) => placed(folder, files))
  const { packs } = await readers.driverPacks()
  const drivers = packs.flatMap(({ name, files }) => placed(join(folders.drivers, name), files))
  const { updates } = await readers.updates()
  return [...software, ...drivers, ...updates.flatMap(({ files }) => placed(folders.updates, files))]
}
