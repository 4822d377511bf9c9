import type { Kysely } from 'kysely'
import type { AgentKeyStore } from '../machines/agent-key-store.ts'
import type { Tables } from './tables.ts'

/** Keys of agents in Windows, in the table `agent_keys`: their hashes only. */
export function agentKeyStore(database: Kysely<Tables>): AgentKeyStore {
  return {
    get: async (keyHash) => {
      const row = await database.selectFrom('agent_keys').selectAll().where('key_hash', '=', keyHash).executeTakeFirst()
      if (!row) return null
      return { keyHash, machineId: row.machine_id, runId: row.run_id, createdAt: new Date(row.created_at) }
    },
    put: async ({ keyHash, machineId, runId, createdAt }) => {
      await database
        .insertInto('agent_keys')
        .values({ key_hash: keyHash, machine_id: machineId, run_id: runId, created_at: createdAt.toISOString() })
        .execute()
    },
    removeOfRun: async (runId) => {
      await database.deleteFrom('agent_keys').where('run_id', '=', runId).execute()
    },
    removeOfMachine: async (machineId, exceptRunId) => {
      let removal = database.deleteFrom('agent_keys').where('machine_id', '=', machineId)
      if (exceptRunId !== undefined) removal = removal.where('run_id', '<>', exceptRunId)
      await removal.execute()
    },
  }
}
