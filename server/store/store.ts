import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Kysely } from 'kysely'
import { sessionStore, userStore } from './account-store.ts'
import { agentKeyStore } from './agent-key-store.ts'
import { agentSessionStore, runTokenStore } from './agent-store.ts'
import { evidenceStore } from './evidence-store.ts'
import { leaseStore } from './lease-store.ts'
import { logStore } from './log-store.ts'
import { machineStore } from './machine-store.ts'
import { migrate } from './migrate.ts'
import type { Store, StoreParts } from './parts.ts'
import { openPostgresql } from './postgresql-database.ts'
import { recordStore } from './record-store.ts'
import { runStore } from './run-store.ts'
import { situationStore } from './situation-store.ts'
import { openSqlite } from './sqlite-database.ts'
import type { Tables } from './tables.ts'

export type { Store, StoreParts } from './parts.ts'

function partsOver(database: Kysely<Tables>): StoreParts {
  return {
    machines: machineStore(database),
    records: recordStore(database),
    runs: runStore(database),
    situations: situationStore(database),
    logs: logStore(database),
    leases: leaseStore(database),
    users: userStore(database),
    sessions: sessionStore(database),
    agentSessions: agentSessionStore(database),
    runTokens: runTokenStore(database),
    agentKeys: agentKeyStore(database),
    evidence: evidenceStore(database),
  }
}

export type StorePlace = {
  /** PostgreSQL, when given. */
  url: string | null
  /** SQLite's file, or `:memory:`. */
  file: string
  /** Told when an idle connection to PostgreSQL breaks. */
  onLost?: (error: Error) => void
}

/**
 * Opens the database, bringing it up to date.
 *
 * @throws when it cannot be opened, or was made by a later version
 */
export async function openStore({ url, file, onLost = () => undefined }: StorePlace): Promise<Store> {
  const kind = url === null ? 'sqlite' : 'postgresql'
  if (url === null && file !== ':memory:') await mkdir(dirname(file), { recursive: true })
  const database = new Kysely<Tables>({ dialect: url === null ? openSqlite(file) : openPostgresql(url, onLost) })
  try {
    await migrate(database, kind)
  } catch (error) {
    await database.destroy()
    throw error
  }
  return {
    kind,
    ...partsOver(database),
    transaction: (work) => database.transaction().execute((transaction) => work(partsOver(transaction))),
    close: () => database.destroy(),
  }
}
