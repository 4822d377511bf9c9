import { sql, type Kysely } from 'kysely'

/** Settings stand in the configuration: nothing has ever used their table. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql.raw('DROP TABLE settings').execute(database)
}
