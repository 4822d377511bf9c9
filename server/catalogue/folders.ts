import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isErrno } from './files/system-error.ts'
import { noteName, notes, type FolderKind } from './folder-notes.ts'

/** Where the operator puts what runs take beside an image, below the data folder. */
export type CatalogueFolders = Record<FolderKind, string>

/** The folders of a data folder that people fill. */
export function catalogueFolders(dataDir: string): CatalogueFolders {
  return {
    software: join(dataDir, 'software'),
    drivers: join(dataDir, 'drivers'),
    updates: join(dataDir, 'updates'),
    debloat: join(dataDir, 'debloat'),
  }
}

/** Makes the folders that are missing, each with a note of what goes there. A note that a person changed stays. */
export async function prepareFolders(folders: CatalogueFolders): Promise<void> {
  for (const kind of ['software', 'drivers', 'updates', 'debloat'] as const) {
    await mkdir(folders[kind], { recursive: true })
    try {
      await writeFile(join(folders[kind], noteName), `${notes[kind].fr}\n${notes[kind].en}`, { flag: 'wx' })
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) throw error
    }
  }
}
