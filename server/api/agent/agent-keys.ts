import type { KeyOrigin } from '../../machines/agent-key-store.ts'
import type { Store } from '../../store/parts.ts'
import { hashToken, mintToken } from '../token.ts'

/** What agents in Windows prove themselves with: a run of ours installed them on the machine's disk. */
export type AgentKeys = {
  /** A new key for an attempt to install the agent; it proves nothing until that attempt's result is accepted. */
  mint(origin: KeyOrigin): Promise<string>
  /** The machine a key was made for, if it was written to its disk as far as anybody knows, and lives; else null. */
  machineOf(key: string | undefined): Promise<string | null>
}

/** Agent keys over a store, which has only their hashes. An attempt that is served again gets another key beside the first. */
export function createAgentKeys(store: Pick<Store, 'agentKeys'>, now: () => Date): AgentKeys {
  return {
    mint: async (origin) => {
      const key = mintToken()
      await store.agentKeys.put({ keyHash: hashToken(key), ...origin, accepted: false, createdAt: now() })
      return key
    },
    machineOf: async (key) => {
      const known = key === undefined ? null : await store.agentKeys.get(hashToken(key))
      return known?.accepted === true ? known.machineId : null
    },
  }
}
