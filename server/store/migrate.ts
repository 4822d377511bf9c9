import type { Kysely } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import * as first from './migrations/0001-first-tables.ts'
import * as second from './migrations/0002-windows-half.ts'
import * as third from './migrations/0003-no-settings.ts'
import * as fourth from './migrations/0004-step-states.ts'
import * as seventh from './migrations/0007-keys-of-attempts.ts'
import * as eighth from './migrations/0008-light-lists.ts'
import { sqlWords, type SqlWords } from './migrations/column-types.ts'
import type { Tables } from './tables.ts'

type Step = { up(database: Kysely<unknown>, words: SqlWords): Promise<void> }

/** In order; one that has been released is never edited. */
const steps: Readonly<Record<string, Step>> = {
  '0001-first-tables': first,
  '0002-windows-half': second,
  '0003-no-settings': third,
  '0004-step-states': fourth,
  '0007-keys-of-attempts': seventh,
  '0008-light-lists': eighth,
}

/**
 * Brings a database up to date, each migration whole or not at all.
 *
 * @throws when a migration fails, or when the database was made by a later version of Etabli
 */
export async function migrate(database: Kysely<Tables>, kind: 'sqlite' | 'postgresql'): Promise<void> {
  const migrations = Object.fromEntries(
    Object.entries(steps).map(([name, step]): [string, Migration] => [
      name,
      { up: (transaction) => step.up(transaction, sqlWords[kind]) },
    ]),
  )
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
}
