import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** Rows that hang on runs and records of a machine, before the rows they hang on: foreign keys are held. */
const ofRuns = ['run_log', 'run_steps', 'evidence', 'agent_keys', 'run_tokens'] as const
const ofMachine = ['agent_keys', 'run_tokens', 'agent_sessions', 'runs', 'records', 'inventories'] as const

/** Removes a machine with everything that is kept of it; the caller's transaction makes it whole or not at all. */
export async function removeMachine(database: Kysely<Tables>, id: string): Promise<void> {
  const runs = database.selectFrom('runs').select('id').where('machine_id', '=', id)
  const records = database.selectFrom('records').select('id').where('machine_id', '=', id)
  for (const table of ofRuns) await database.deleteFrom(table).where('run_id', 'in', runs).execute()
  await database.deleteFrom('evidence').where('record_id', 'in', records).execute()
  await database.deleteFrom('record_events').where('record_id', 'in', records).execute()
  for (const table of ofMachine) await database.deleteFrom(table).where('machine_id', '=', id).execute()
  await database.deleteFrom('machines').where('id', '=', id).execute()
}
