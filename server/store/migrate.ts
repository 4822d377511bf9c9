import type { Kysely } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import * as first from './migrations/0001-first-tables.ts'
import * as second from './migrations/0002-windows-half.ts'
import * as third from './migrations/0003-no-settings.ts'
import * as fourth from './migrations/0004-step-states.ts'
import * as fifth from './migrations/0005-pinned-disks.ts'
import * as sixth from './migrations/0006-machine-doubts.ts'
import * as seventh from './migrations/0007-proof-of-agents.ts'
import * as eighth from './migrations/0008-light-lists.ts'
import * as eleventh from './migrations/0011-lease-grants.ts'
import { storeRefusal } from './errors.ts'
import { sqlWords, type SqlWords } from './migrations/column-types.ts'
import type { Tables } from './tables.ts'

type Step = { up(database: Kysely<unknown>, words: SqlWords): Promise<void> }

/** In order; one that has been released is never edited. */
const steps: Readonly<Record<string, Step>> = {
  '0001-first-tables': first,
  '0002-windows-half': second,
  '0003-no-settings': third,
  '0004-step-states': fourth,
  '0005-pinned-disks': fifth,
  '0006-machine-doubts': sixth,
  '0007-proof-of-agents': seventh,
  '0008-light-lists': eighth,
  '0011-lease-grants': eleventh,
}

/** What Kysely's migrator keeps its list in. */
type MigrationTable = { kysely_migration: { name: string } }

/** The migrations a database has had that this version does not know, in order. */
async function unknownSteps(database: Kysely<Tables>): Promise<string[]> {
  const tables = await database.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === 'kysely_migration')) return []
  const rows = await database.withTables<MigrationTable>().selectFrom('kysely_migration').select('name').execute()
  return rows
    .map(({ name }) => name)
    .filter((name) => !Object.hasOwn(steps, name))
    .sort()
}

/**
 * Brings a database up to date, each migration whole or not at all.
 *
 * @throws Refusal DATABASE_NEWER when it was used by a later version of Établi, before anything is changed; what a
 * migration throws
 */
export async function migrate(database: Kysely<Tables>, kind: 'sqlite' | 'postgresql'): Promise<void> {
  const [newest] = (await unknownSteps(database)).reverse()
  if (newest !== undefined) throw storeRefusal('DATABASE_NEWER', { version: newest })
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
