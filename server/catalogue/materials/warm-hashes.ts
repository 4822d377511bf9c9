import { join } from 'node:path'
import { Refusal } from '../../refusal/refusal.ts'
import type { ListedFile } from '../files/file-tree.ts'
import type { CatalogueFolders } from '../folders.ts'
import type { Hashes } from './hashes.ts'
import type { CatalogueReaders } from './materials.ts'

/**
 * Reads every file of these folders once, one after the other, so that a run that takes gigabytes of updates does not wait
 * for it. A file that changes meanwhile is left for the run that wants it.
 */
export async function warmHashes(catalogue: {
  readers: CatalogueReaders
  folders: CatalogueFolders
  hashes: Hashes
}): Promise<void> {
  for (const { path, file } of await everyFile(catalogue)) {
    try {
      await catalogue.hashes.of(path, file)
    } catch (error) {
      const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT'
      if (!isGone && !(error instanceof Refusal)) throw error
    }
  }
}

async function everyFile({ readers, folders }: { readers: CatalogueReaders; folders: CatalogueFolders }) {
  const placed = (folder: string, files: readonly ListedFile[]) =>
    files.map((file) => ({ path: join(folder, file.path), file }))
  const software = (await readers.software()).flatMap(({ folder, files }) => placed(folder, files))
  const { packs } = await readers.driverPacks()
  const drivers = packs.flatMap(({ name, files }) => placed(join(folders.drivers, name), files))
  const { updates } = await readers.updates()
  return [...software, ...drivers, ...updates.flatMap(({ files }) => placed(folders.updates, files))]
}
