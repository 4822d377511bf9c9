import type { Store } from '../../store/parts.ts'
import { hashToken, mintToken } from '../token.ts'

/** What agents in Windows prove themselves with: a run of ours installed them on the machine's disk. */
export type AgentKeys = {
  /** A new key of a run; those of the machine's earlier runs end, whose Windows is being replaced. */
  mint(machineId: string, runId: string): Promise<string>
  /** Whether a key was made for this machine, and lives. */
  proves(key: string | undefined, machineId: string): Promise<boolean>
}

/** Agent keys over a store, which has only their hashes. A step that is served again gets another key beside the first. */
export function createAgentKeys(store: Pick<Store, 'agentKeys' | 'transaction'>, now: () => Date): AgentKeys {
  return {
    mint: async (machineId, runId) => {
      const key = mintToken()
      await store.transaction(async ({ agentKeys }) => {
        await agentKeys.removeOfMachine(machineId, runId)
        await agentKeys.put({ keyHash: hashToken(key), machineId, runId, createdAt: now() })
      })
      return key
    },
    proves: async (key, machineId) =>
      key !== undefined && (await store.agentKeys.get(hashToken(key)))?.machineId === machineId,
  }
}
