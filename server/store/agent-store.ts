import type { Kysely, Selectable } from 'kysely'
import type { AgentSession, AgentSessionStore, RunTokenStore } from './parts.ts'
import type { Tables } from './tables.ts'

function toSession(row: Selectable<Tables['agent_sessions']> | undefined): AgentSession | null {
  if (!row) return null
  const { token_hash, machine_id, boot_id, phase, proven, created_at } = row
  return {
    ...{ tokenHash: token_hash, machineId: machine_id, bootId: boot_id, phase },
    proven: proven === 1,
    createdAt: new Date(created_at),
  }
}

/** Agents' sessions, in the table `agent_sessions`. */
export function agentSessionStore(database: Kysely<Tables>): AgentSessionStore {
  const sessions = () => database.selectFrom('agent_sessions').selectAll()
  return {
    get: async (tokenHash) => toSession(await sessions().where('token_hash', '=', tokenHash).executeTakeFirst()),
    put: async ({ tokenHash, machineId, bootId, phase, proven, createdAt }) => {
      const change = { machine_id: machineId, boot_id: bootId, phase, proven: proven ? 1 : 0 } as const
      await database
        .insertInto('agent_sessions')
        .values({ token_hash: tokenHash, ...change, created_at: createdAt.toISOString() })
        .onConflict((conflict) => conflict.column('token_hash').doUpdateSet(change))
        .execute()
    },
    newestOf: async (machineId) =>
      toSession(
        await sessions().where('machine_id', '=', machineId).orderBy('created_at', 'desc').limit(1).executeTakeFirst(),
      ),
    removeOthers: async (machineId, bootId) => {
      await database
        .deleteFrom('agent_sessions')
        .where('machine_id', '=', machineId)
        .where('boot_id', '<>', bootId)
        .execute()
    },
  }
}

/** Run tokens, in the table `run_tokens`. */
export function runTokenStore(database: Kysely<Tables>): RunTokenStore {
  return {
    get: async (tokenHash) => {
      const row = await database
        .selectFrom('run_tokens')
        .selectAll()
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst()
      if (!row) return null
      const { run_id, machine_id, session_hash, created_at } = row
      return {
        tokenHash,
        runId: run_id,
        machineId: machine_id,
        sessionHash: session_hash,
        createdAt: new Date(created_at),
      }
    },
    put: async ({ tokenHash, runId, machineId, sessionHash, createdAt }) => {
      const change = { run_id: runId, machine_id: machineId, session_hash: sessionHash }
      await database
        .insertInto('run_tokens')
        .values({ token_hash: tokenHash, ...change, created_at: createdAt.toISOString() })
        .onConflict((conflict) => conflict.column('token_hash').doUpdateSet(change))
        .execute()
    },
    removeForRun: async (runId) => {
      await database.deleteFrom('run_tokens').where('run_id', '=', runId).execute()
    },
  }
}
