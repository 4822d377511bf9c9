import type { Kysely } from 'kysely'
import type { AgentKeyStore } from '../machines/agent-key-store.ts'
import type { Tables } from './tables.ts'

/** Keys of agents in Windows, in the table `agent_keys`: their hashes only. */
export function agentKeyStore(database: Kysely<Tables>): AgentKeyStore {
  return {
    get: async (keyHash) => {
      const row = await database.selectFrom('agent_keys').selectAll().where('key_hash', '=', keyHash).executeTakeFirst()
      if (!row) return null
      const { machine_id: machineId, run_id: runId, attempt, accepted, created_at } = row
      return { keyHash, machineId, runId, attempt, accepted: accepted === 1, createdAt: new Date(created_at) }
    },
    hasAccepted: async (machineId) => {
      const keys = database.selectFrom('agent_keys').select('key_hash').where('machine_id', '=', machineId)
      return (await keys.where('accepted', '=', 1).limit(1).executeTakeFirst()) !== undefined
    },
    put: async ({ keyHash, machineId, runId, attempt, accepted, createdAt }) => {
      const origin = { machine_id: machineId, run_id: runId, attempt }
      await database
        .insertInto('agent_keys')
        .values({ key_hash: keyHash, ...origin, accepted: accepted ? 1 : 0, created_at: createdAt.toISOString() })
        .execute()
    },
    acceptOnly: async ({ machineId, runId, attempt }) => {
      await database
        .deleteFrom('agent_keys')
        .where('machine_id', '=', machineId)
        .where((where) => where.or([where('run_id', '<>', runId), where('attempt', '<>', attempt)]))
        .execute()
      await database.updateTable('agent_keys').set({ accepted: 1 }).where('machine_id', '=', machineId).execute()
    },
    removeOfRun: async (runId) => {
      await database.deleteFrom('agent_keys').where('run_id', '=', runId).execute()
    },
    removeOfMachine: async (machineId) => {
      await database.deleteFrom('agent_keys').where('machine_id', '=', machineId).execute()
    },
  }
}
