import { sql, type Kysely } from 'kysely'
import type { SqlWords } from './column-types.ts'

/** What a run needs to go on inside Windows, and what proves that its machine is ready. */
export async function up(database: Kysely<unknown>, { strict }: SqlWords): Promise<void> {
  const statements = [
    // What a step laid down before a restart of the machine, and whether it said that one comes.
    `ALTER TABLE run_steps ADD COLUMN memory TEXT NOT NULL DEFAULT '{}'`,
    `ALTER TABLE run_steps ADD COLUMN leaving INTEGER NOT NULL DEFAULT 0`,
    `ALTER TABLE run_steps ADD COLUMN restarts INTEGER NOT NULL DEFAULT 0`,
    `ALTER TABLE runs ADD COLUMN materials TEXT`,
    // Where the record stood when a run began that leaves the disk as it is.
    `ALTER TABLE runs ADD COLUMN returns_to TEXT`,
    // What installed software said of itself, as TeamViewer's ID.
    `ALTER TABLE records ADD COLUMN facts TEXT NOT NULL DEFAULT '{}'`,

    `CREATE TABLE evidence (
      run_id TEXT PRIMARY KEY REFERENCES runs (id),
      record_id TEXT NOT NULL REFERENCES records (id),
      at TEXT NOT NULL,
      passed INTEGER NOT NULL,
      items TEXT NOT NULL
    )${strict}`,
    `CREATE INDEX evidence_of_record ON evidence (record_id, at)`,

    `CREATE TABLE agent_keys (
      key_hash TEXT PRIMARY KEY,
      machine_id TEXT NOT NULL REFERENCES machines (id),
      run_id TEXT NOT NULL REFERENCES runs (id),
      created_at TEXT NOT NULL
    )${strict}`,
    `CREATE INDEX agent_keys_of_machine ON agent_keys (machine_id)`,
  ]
  for (const statement of statements) await sql.raw(statement).execute(database)
}
