import type { Hello } from '../../../agent/protocol/messages.ts'
import { createTurns } from '../../events/turns.ts'
import type { Store } from '../../store/parts.ts'
import { hashToken, mintToken } from '../token.ts'

/** A machine's agent between a hello and the next start of the machine. */
export type AgentSession = {
  tokenHash: string
  machineId: string
  bootId: string
  phase: Hello['phase']
  version: string
  /** It has shown the key that a run wrote to the machine's disk. */
  proven: boolean
  /** Its hello was taken in. One that had to wait says hello again when its turn comes: what it told was not kept. */
  met: boolean
}

export type AgentSessions = {
  /** Opens a session beside any others; it is nobody's but its own until it is kept. */
  open(
    machineId: string,
    hello: Pick<Hello, 'bootId' | 'phase' | 'agentVersion'>,
    how: Pick<AgentSession, 'proven' | 'met'>,
  ): AgentSession & { token: string }
  /**
   * This start of the machine has its place: what it does outlives the server, and the sessions of whoever had the place
   * before end. Null: nobody has it.
   */
  keep(machineId: string, bootId: string | null): Promise<void>
  /** Null for a token never given, forgotten, or given before this server started: the agent then says hello again. */
  find(token: string): AgentSession | null
  /** Who had the machine's place last, as far as it outlives the server. */
  lastKept(machineId: string): Promise<Pick<AgentSession, 'bootId' | 'phase' | 'proven'> | null>
  forget(machineId: string): void
}

/** Of one machine: an agent that is started anew again and again, or somebody who says that he is it, leaves no more. */
const mostOfOne = 16

/** Agent sessions, in memory; those that are kept are in the store too, for the run tokens that rest on them. */
export function createAgentSessions(store: Pick<Store, 'agentSessions'>, now: () => Date): AgentSessions {
  const byToken = new Map<string, AgentSession>()
  const byMachine = new Map<string, AgentSession[]>()
  const inTurn = createTurns()

  const only = (machineId: string, sessions: AgentSession[]): void => {
    for (const { tokenHash } of byMachine.get(machineId) ?? []) byToken.delete(tokenHash)
    for (const session of sessions) byToken.set(session.tokenHash, session)
    if (sessions.length > 0) byMachine.set(machineId, sessions)
    else byMachine.delete(machineId)
  }

  return {
    open(machineId, { bootId, phase, agentVersion }, how) {
      const token = mintToken()
      const session = { tokenHash: hashToken(token), machineId, bootId, phase, version: agentVersion, ...how }
      only(machineId, [...(byMachine.get(machineId) ?? []), session].slice(-mostOfOne))
      return { ...session, token }
    },
    keep: (machineId, bootId) =>
      inTurn(async () => {
        await store.agentSessions.removeOthers(machineId, bootId ?? '')
        for (const { tokenHash, phase, proven, ...session } of byMachine.get(machineId) ?? []) {
          if (session.bootId !== bootId || !session.met) continue
          await store.agentSessions.put({ tokenHash, machineId, bootId, phase, proven, createdAt: now() })
        }
      }),
    find: (token) => byToken.get(hashToken(token)) ?? null,
    lastKept: (machineId) => store.agentSessions.newestOf(machineId),
    forget: (machineId) => only(machineId, []),
  }
}
