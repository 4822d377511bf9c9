import type { Hello } from '../../../agent/protocol/messages.ts'
import type { Store } from '../../store/parts.ts'
import { hashToken, mintToken } from '../token.ts'

/** A machine's agent between a hello and the next start of the machine. */
export type AgentSession = {
  tokenHash: string
  machineId: string
  bootId: string
  phase: Hello['phase']
  version: string
  /** It is the environment's, or has shown the key that a run wrote to the machine's disk. */
  proven: boolean
}

export type AgentSessions = {
  /**
   * Opens a session. Those of other starts of the machine end; another one of the same start goes on, since its agent may
   * still be repeating a report.
   *
   * @returns the token, and whether a session of another start was alive until now.
   */
  open(
    machineId: string,
    hello: Pick<Hello, 'bootId' | 'phase' | 'agentVersion'>,
    proven: boolean,
  ): Promise<{ token: string; replaced: boolean }>
  /** Null for a token never given, replaced, or given before this server started: the agent then says hello again. */
  find(token: string): Promise<AgentSession | null>
  /** Forgets what memory has of a machine that is no longer there. */
  forget(machineId: string): void
}

/** Agent sessions over a store; phase, version and proof live in memory, and come anew with the next hello. */
export function createAgentSessions(store: Pick<Store, 'agentSessions'>, now: () => Date): AgentSessions {
  const newest = new Map<string, AgentSession>()
  return {
    async open(machineId, { bootId, phase, agentVersion }, proven) {
      const token = mintToken()
      const session = { tokenHash: hashToken(token), machineId, bootId, phase, version: agentVersion, proven }
      const before = newest.get(machineId)
      await store.agentSessions.removeOthers(machineId, bootId)
      await store.agentSessions.put({ tokenHash: session.tokenHash, machineId, bootId, createdAt: now() })
      newest.set(machineId, session)
      return { token, replaced: before !== undefined && before.bootId !== bootId }
    },
    async find(token) {
      const tokenHash = hashToken(token)
      const stored = await store.agentSessions.get(tokenHash)
      if (!stored) return null
      const session = newest.get(stored.machineId)
      return session?.bootId === stored.bootId ? { ...session, tokenHash } : null
    },
    forget: (machineId) => void newest.delete(machineId),
  }
}
