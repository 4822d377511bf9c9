import { sql, type Kysely } from 'kysely'

/**
 * The disks a person saw when assigning a run, which are all that it may write. A run begun before this has none: its steps
 * that write a disk are refused from here on.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql.raw('ALTER TABLE runs ADD COLUMN disks TEXT').execute(database)
}
