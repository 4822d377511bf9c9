import { sql, type Kysely } from 'kysely'

/**
 * A key of an agent in Windows belongs to one attempt of the step that writes it, and is good once that attempt's result
 * was accepted; those that are there already were good until now. A session says in which half of the agent it is, and
 * whether it has shown such a key.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  const statements = [
    `ALTER TABLE agent_keys ADD COLUMN attempt INTEGER NOT NULL DEFAULT 0`,
    `ALTER TABLE agent_keys ADD COLUMN accepted INTEGER NOT NULL DEFAULT 1`,
    `ALTER TABLE agent_sessions ADD COLUMN phase TEXT NOT NULL DEFAULT 'environment'`,
    `ALTER TABLE agent_sessions ADD COLUMN proven INTEGER NOT NULL DEFAULT 0`,
  ]
  for (const statement of statements) await sql.raw(statement).execute(database)
}
