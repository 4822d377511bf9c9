import { chmodSync, closeSync, existsSync, openSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { SqliteDialect, type Dialect, type SqliteDatabase, type SqliteStatement } from 'kysely'
import { sqliteFailure } from './sqlite-failure.ts'

/** Kysely gives values as it got them from our store functions, which bind texts, numbers and nulls only. */
function bound(parameters: ReadonlyArray<unknown>): SQLInputValue[] {
  return parameters.map((value) => {
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
      return value
    throw new TypeError(`a ${typeof value} cannot be stored`)
  })
}

/** Does something with the database; what SQLite itself cannot do is thrown as a Refusal of errors.ts. */
type Telling = <T>(work: () => T) => T

function asStatement(statement: StatementSync, telling: Telling): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => telling(() => statement.all(...bound(parameters))),
    run: (parameters) => telling(() => statement.run(...bound(parameters))),
    iterate: (parameters) => statement.iterate(...bound(parameters)),
  }
}

/** Statements that are prepared once and kept, the oldest going first. */
const KEPT = 200

/** SQLite has ended a transaction by itself when its disk is full (https://sqlite.org/lang_transaction.html §3). */
const nothingToRollBack: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [][Symbol.iterator](),
}

function asDatabase(database: DatabaseSync, telling: Telling): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>()
  return {
    close: () => {
      prepared.clear()
      database.close()
    },
    prepare: (sql) => {
      if (sql === 'rollback' && !database.isTransaction) return nothingToRollBack
      const known = prepared.get(sql)
      if (known) return known
      const statement = asStatement(
        telling(() => database.prepare(sql)),
        telling,
      )
      prepared.set(sql, statement)
      const [oldest] = prepared.keys()
      if (prepared.size > KEPT && oldest !== undefined) prepared.delete(oldest)
      return statement
    },
  }
}

/** Machines, password hashes and sessions are nobody else's business: SQLite gives its -wal and -shm the same mode. */
function makeOwnersOnly(file: string): void {
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600))
  else for (const each of [file, `${file}-wal`, `${file}-shm`]) if (existsSync(each)) chmodSync(each, 0o600)
}

/**
 * Kysely's SQLite dialect over Node's own SQLite. Write-ahead log, so that readers of the file (a backup) never wait;
 * synchronous FULL, so that what was committed is still there after a power cut; the log is copied into the file by
 * log-copying.ts, and here only when there are 64 MB of it; foreign keys held; readable by the file's owner only.
 *
 * @param file path, or `:memory:`
 * @throws Refusal of errors.ts when the file cannot be opened or is no database
 */
export function openSqlite(file: string): Dialect {
  const telling: Telling = (work) => {
    try {
      return work()
    } catch (error) {
      throw sqliteFailure(error, file) ?? error
    }
  }
  const database = telling(() => {
    if (file !== ':memory:') makeOwnersOnly(file)
    return new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: 5000 })
  })
  try {
    telling(() =>
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 16000;'),
    )
  } catch (error) {
    database.close()
    throw error
  }
  return new SqliteDialect({ database: asDatabase(database, telling) })
}
