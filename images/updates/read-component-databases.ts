import { readCabinetDirectory, readCabinetFile } from '../cabinet/read-cabinet.ts'
import { readerOf, type PositionalReader } from '../positional-reader.ts'
import { decodeComponentDatabase, readDatabaseName } from './component-database.ts'
import type { PackageIdentity } from './package-identity.ts'
import type { UnreadText } from './unread-text.ts'

export type ComponentDatabases = {
  readonly identities: readonly PackageIdentity[]
  readonly unread: readonly UnreadText[]
}

const longestDatabase = 4 * 1024 * 1024
const mostDatabases = 16

/** Whether a file of an MSU is the cabinet of its component databases. */
export function isAggregatedMetadata(path: string): boolean {
  return /(?:^|\.)aggregatedmetadata\.cab$/i.test(path)
}

/**
 * Reads the component databases of an MSU: a cabinet in which each lies in a cabinet of its own.
 *
 * @throws MalformedCabinet
 */
export async function readComponentDatabases(reader: PositionalReader): Promise<ComponentDatabases> {
  const directory = await readCabinetDirectory(reader)
  const identities: PackageIdentity[] = []
  const unread: UnreadText[] = []
  for (const file of directory.files.filter(({ name }) => readDatabaseName(name) !== null).slice(0, mostDatabases)) {
    const named = readDatabaseName(file.name)
    const content = await readCabinetFile(reader, directory, file, longestDatabase)
    const inner = content.read ? await databaseIn(readerOf(content.bytes)) : content
    if (inner.read) identities.push(...(inner.identity === null ? [] : [inner.identity]))
    else {
      identities.push(...(named === null ? [] : [named]))
      unread.push({ member: file.name, packing: inner.because === 'compression' ? inner.compression : 'unknown' })
    }
  }
  return { identities, unread }
}

type Inner =
  | { read: true; identity: PackageIdentity | null }
  | { read: false; because: 'compression'; compression: UnreadText['packing'] }
  | { read: false; because: 'too-long' | 'in-another-cabinet' }

async function databaseIn(reader: PositionalReader): Promise<Inner> {
  const directory = await readCabinetDirectory(reader)
  const file = directory.files.find(({ name }) => /\.xml$/i.test(name))
  if (file === undefined) return { read: true, identity: null }
  const content = await readCabinetFile(reader, directory, file, longestDatabase)
  return content.read ? { read: true, identity: decodeComponentDatabase(content.bytes) } : content
}
