import type { Store } from './parts.ts'

export type { Store, StoreParts } from './parts.ts'

/** Opens the database, bringing it up to date: PostgreSQL by `url`, else SQLite in `file` (`:memory:` is allowed). */
export async function openStore(place: { url: string | null; file: string }): Promise<Store> {
  throw new Error(`not built yet: ${place.file}`)
}
