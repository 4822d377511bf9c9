import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Kysely, sql, type Dialect } from 'kysely'
import { sessionStore, userStore } from './account-store.ts'
import { agentKeyStore } from './agent-key-store.ts'
import { agentSessionStore, runTokenStore } from './agent-store.ts'
import { doubtStore } from './doubt-store.ts'
import { storeRefusal } from './errors.ts'
import { evidenceStore } from './evidence-store.ts'
import { learntFillerStore } from './learnt-filler-store.ts'
import { leaseStore } from './lease-store.ts'
import { logStore } from './log-store.ts'
import { copyLogOf } from './log-copying.ts'
import { machineStore } from './machine-store.ts'
import { migrate } from './migrate.ts'
import type { Store, StoreParts } from './parts.ts'
import { recordStore } from './record-store.ts'
import { runStore } from './run-store.ts'
import { trailStore } from './trail-store.ts'
import { situationStore } from './situation-store.ts'
import { openSqlite } from './sqlite-database.ts'
import type { Tables } from './tables.ts'

export type { Store, StoreParts } from './parts.ts'

function partsOver(database: Kysely<Tables>): StoreParts {
  return {
    machines: machineStore(database),
    doubts: doubtStore(database),
    learntFillers: learntFillerStore(database),
    records: recordStore(database),
    runs: runStore(database),
    situations: situationStore(database),
    trails: trailStore(database),
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

/** SQLite reads about a gigabyte a second: checking a file up to this size costs the start a tenth of one. */
const checkedBytes = 128 * 1024 * 1024

/** Finds pages that are damaged before anything is built on them; throws Refusal DATABASE_DAMAGED. */
async function checkFile(database: Kysely<Tables>, file: string): Promise<void> {
  if (file === ':memory:' || (await stat(file)).size > checkedBytes) return
  const { rows } = await sql<{ quick_check: string }>`PRAGMA quick_check(1)`.execute(database)
  const found = rows[0]?.quick_check ?? 'ok'
  if (found !== 'ok')
    throw storeRefusal('DATABASE_DAMAGED', { file, reason: found.replaceAll('\n', ' ').slice(0, 200) })
}

/** PostgreSQL's driver is loaded only where it is used: most workshops never need it. */
async function dialectOf({ url, file, onLost }: Required<StorePlace>): Promise<Dialect> {
  if (url === null) return openSqlite(file)
  const { openPostgresql } = await import('./postgresql-database.ts')
  return openPostgresql(url, onLost)
}

/**
 * Opens the database, bringing it up to date.
 *
 * @throws Refusal of errors.ts when it cannot be opened, is damaged, or was used by a later version
 */
export async function openStore({ url, file, onLost = () => undefined }: StorePlace): Promise<Store> {
  const kind = url === null ? 'sqlite' : 'postgresql'
  if (url === null && file !== ':memory:') await mkdir(dirname(file), { recursive: true })
  const database = new Kysely<Tables>({ dialect: await dialectOf({ url, file, onLost }) })
  try {
    if (url === null) await checkFile(database, file)
    await migrate(database, kind)
  } catch (error) {
    await database.destroy()
    throw error
  }
  const copying = url === null && file !== ':memory:' ? copyLogOf(file) : null
  return {
    kind,
    ...partsOver(database),
    transaction: (work) => database.transaction().execute((transaction) => work(partsOver(transaction))),
    close: async () => {
      await copying?.close()
      await database.destroy()
    },
  }
}
