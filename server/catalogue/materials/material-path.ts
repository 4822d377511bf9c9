import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { MaterialFile, Materials } from '../../../agent/protocol/materials.ts'
import { isErrno } from '../files/system-error.ts'
import type { CatalogueFolders } from '../folders.ts'

/**
 * Where the file of this content lies, of those a run has pinned; null when it is none of them, or was taken away or
 * replaced by one of another size. What has the same size and another content the agent finds by its hash.
 */
export async function materialPath(
  sha256: string,
  materials: Materials,
  folders: CatalogueFolders,
): Promise<{ path: string; sizeBytes: number } | null> {
  for (const { folder, file } of placesOf(materials, folders)) {
    if (file.sha256 !== sha256) continue
    const path = join(folder, ...file.path.split('/'))
    if ((await sizeOf(path)) === file.sizeBytes) return { path, sizeBytes: file.sizeBytes }
  }
  return null
}

/** Every file a run has pinned from these folders. */
function placesOf(
  { software, drivers, updates }: Materials,
  folders: CatalogueFolders,
): Array<{ folder: string; file: MaterialFile }> {
  return [
    ...software.flatMap(({ id, files }) => files.map((file) => ({ folder: join(folders.software, id), file }))),
    ...drivers.flatMap(({ pack, files }) => files.map((file) => ({ folder: join(folders.drivers, pack), file }))),
    ...updates.flatMap(({ files }) => files.map((file) => ({ folder: folders.updates, file }))),
  ]
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    const found = await stat(path)
    return found.isFile() ? found.size : null
  } catch (error) {
    if (isErrno(error, 'ENOENT') || isErrno(error, 'ENOTDIR')) return null
    throw error
  }
}
