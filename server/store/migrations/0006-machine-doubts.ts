import { sql, type Kysely } from 'kysely'
import type { SqlWords } from './column-types.ts'

/** Pairs of machines that may be one, and what a person decided; values that proved to be no identity. */
export async function up(database: Kysely<unknown>, { strict }: SqlWords): Promise<void> {
  const statements = [
    `CREATE TABLE machine_doubts (
      first_id TEXT NOT NULL REFERENCES machines (id) ON DELETE CASCADE,
      second_id TEXT NOT NULL REFERENCES machines (id) ON DELETE CASCADE,
      reason TEXT NOT NULL,
      since TEXT NOT NULL,
      decision TEXT NOT NULL,
      decided_by TEXT,
      decided_at TEXT,
      PRIMARY KEY (first_id, second_id)
    )${strict}`,
    `CREATE INDEX machine_doubts_of_second ON machine_doubts (second_id)`,
    `CREATE TABLE learnt_fillers (
      kind TEXT NOT NULL,
      value TEXT NOT NULL,
      since TEXT NOT NULL,
      PRIMARY KEY (kind, value)
    )${strict}`,
  ]
  for (const statement of statements) await sql.raw(statement).execute(database)
}
