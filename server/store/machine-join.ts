import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

const moved = ['runs', 'run_tokens', 'agent_keys'] as const

/**
 * Gives all that is kept of one machine to another and removes it; the caller's transaction makes it whole or not at all.
 * Its agent's sessions end, so that it says hello again; its doubts go with it.
 */
export async function joinMachines(
  database: Kysely<Tables>,
  { survivor, away, newest }: { survivor: string; away: string; newest: string },
): Promise<void> {
  const recordOf = async (machineId: string): Promise<string> =>
    (await database.selectFrom('records').select('id').where('machine_id', '=', machineId).executeTakeFirstOrThrow()).id
  const [kept, gone] = [await recordOf(survivor), await recordOf(away)]
  for (const table of moved)
    await database.updateTable(table).set({ machine_id: survivor }).where('machine_id', '=', away).execute()
  for (const table of ['record_events', 'evidence'] as const)
    await database.updateTable(table).set({ record_id: kept }).where('record_id', '=', gone).execute()
  await database.deleteFrom('records').where('id', '=', gone).execute()
  await database.deleteFrom('agent_sessions').where('machine_id', '=', away).execute()
  const older = newest === away ? survivor : away
  const inventoryOf = (id: string) => database.selectFrom('inventories').selectAll().where('machine_id', '=', id)
  if ((await inventoryOf(newest).executeTakeFirst()) !== undefined) {
    await database.deleteFrom('inventories').where('machine_id', '=', older).execute()
  }
  await database.updateTable('inventories').set({ machine_id: survivor }).where('machine_id', '=', away).execute()
  await database.deleteFrom('machines').where('id', '=', away).execute()
}
