import { sql, type Kysely } from 'kysely'

/** Whether a step was handed out, and whether it announced a restart, is told by its status alone. */
export async function up(database: Kysely<unknown>): Promise<void> {
  const statements = [
    `UPDATE run_steps SET status = 'restarting' WHERE status = 'running' AND leaving = 1`,
    `UPDATE run_steps SET status = 'served' WHERE status = 'pending' AND served = 1`,
    `UPDATE run_steps SET status = 'interrupted' WHERE status = 'pending' AND heard_at IS NOT NULL`,
    `ALTER TABLE run_steps DROP COLUMN served`,
    `ALTER TABLE run_steps DROP COLUMN leaving`,
  ]
  for (const statement of statements) await sql.raw(statement).execute(database)
}
