import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { SqliteDialect, type Dialect, type SqliteDatabase, type SqliteStatement } from 'kysely'

/** Kysely gives values as it got them from our store functions, which bind texts, numbers and nulls only. */
function bound(parameters: ReadonlyArray<unknown>): SQLInputValue[] {
  return parameters.map((value) => {
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
      return value
    throw new TypeError(`a ${typeof value} cannot be stored`)
  })
}

function asStatement(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...bound(parameters)),
    run: (parameters) => statement.run(...bound(parameters)),
    iterate: (parameters) => statement.iterate(...bound(parameters)),
  }
}

/** Statements that are prepared once and kept, the oldest going first. */
const KEPT = 200

function asDatabase(database: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>()
  return {
    close: () => {
      prepared.clear()
      database.close()
    },
    prepare: (sql) => {
      const known = prepared.get(sql)
      if (known) return known
      const statement = asStatement(database.prepare(sql))
      prepared.set(sql, statement)
      const [oldest] = prepared.keys()
      if (prepared.size > KEPT && oldest !== undefined) prepared.delete(oldest)
      return statement
    },
  }
}

/**
 * Kysely's SQLite dialect over Node's own SQLite. Write-ahead log, so that readers of the file (a backup) never wait;
 * synchronous FULL, so that what was committed is still there after a power cut; foreign keys held.
 *
 * @param file path, or `:memory:`
 * @throws when the file cannot be opened or is no database
 */
export function openSqlite(file: string): Dialect {
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: 5000 })
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 1000;')
  } catch (error) {
    database.close()
    throw error
  }
  return new SqliteDialect({ database: asDatabase(database) })
}
