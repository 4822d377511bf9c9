import { DatabaseSync } from 'node:sqlite'

/** The tables of a SQLite file in which a text stands in any column, by name: what a store still has of somebody. */
export function tablesWith(file: string, text: string): string[] {
  const database = new DatabaseSync(file, { readOnly: true })
  const names = (sql: string): string[] =>
    database
      .prepare(sql)
      .all()
      .map(({ name }) => String(name))
  try {
    return names(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`).filter((table) =>
      names(`SELECT name FROM pragma_table_info('${table}')`).some(
        (column) => database.prepare(`SELECT 1 FROM "${table}" WHERE "${column}" = ?`).get(text) !== undefined,
      ),
    )
  } finally {
    database.close()
  }
}
