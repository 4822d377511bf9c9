import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWhole } from '../../files/disk.ts'
import { parseImportRecord, type ImportRecord } from './import-record.ts'
import { isErrno } from '../../files/system-error.ts'

/** The folder of imports: one folder each, named by its id, with `import.json` and, for an upload, `source.wim`. */

/** Where the source of an import lies. */
export function sourcePath(folder: string, record: ImportRecord): string {
  return record.source.kind === 'path' ? record.source.path : join(folder, record.id, 'source.wim')
}

/** Keeps an import over a restart. */
export async function saveImport(folder: string, record: ImportRecord): Promise<void> {
  await mkdir(join(folder, record.id), { recursive: true })
  await writeWhole(join(folder, record.id, 'import.json'), `${JSON.stringify(record, undefined, 2)}\n`)
}

/** Every import that was kept, oldest first; what a kill left without its record is removed. */
export async function readImports(folder: string): Promise<readonly ImportRecord[]> {
  const records: ImportRecord[] = []
  for (const name of await readdir(folder)) {
    const record = await readRecord(join(folder, name, 'import.json'))
    if (record?.id === name) records.push(record)
    else await rm(join(folder, name), { recursive: true, force: true })
  }
  return records.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
}

async function readRecord(path: string): Promise<ImportRecord | undefined> {
  try {
    return parseImportRecord(await readFile(path, 'utf8'))
  } catch (error) {
    if (isErrno(error, 'ENOENT') || isErrno(error, 'ENOTDIR')) return undefined
    throw error
  }
}

/** Forgets an import, with what was uploaded for it; a source given by its path stays. */
export async function removeImport(folder: string, id: string): Promise<void> {
  await rm(join(folder, id), { recursive: true, force: true })
}

/** Frees the space of an upload that is not needed any more. */
export async function removeUpload(folder: string, record: ImportRecord): Promise<void> {
  if (record.source.kind === 'upload') await rm(sourcePath(folder, record), { force: true })
}
