import { sql, type Kysely } from 'kysely'

/**
 * When a lease was last granted: together with its end it says how long it is, and a clock that was set back is found out.
 * Of older leases only the beginning is known.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql.raw(`ALTER TABLE leases ADD COLUMN granted_at TEXT NOT NULL DEFAULT ''`).execute(database)
  await sql.raw(`UPDATE leases SET granted_at = started_at`).execute(database)
}
