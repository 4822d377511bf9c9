import type { Deployments } from '../../deployments/deployments.ts'
import type { Run } from '../../deployments/run/run.ts'
import { agentRefusal } from '../messages.ts'
import type { RunToken, Store } from '../../store/parts.ts'
import { hashToken, mintToken } from '../token.ts'
import type { AgentSession } from './sessions.ts'

/** What a bearer of a run token may do now. */
export type RunRights =
  /** Everything the run needs. */
  | { kind: 'live'; token: RunToken; run: Run; bootId: string }
  /** The run is over: a report is only told so. */
  | { kind: 'over'; token: RunToken; run: Run }
  /** The machine has started anew since, or several claim to be it: whoever speaks has nothing to do with the run any more. */
  | { kind: 'superseded'; token: RunToken }

export type RunTokens = {
  mint(runId: string, session: AgentSession): Promise<string>
  /** Throws Refusal RUN_TOKEN_UNKNOWN. */
  rights(token: string | null): Promise<RunRights>
  /** Forgets the tokens of a machine's runs that are over; called when the machine has started anew and nobody can repeat. */
  forgetEnded(machineId: string): Promise<void>
}

/** How many of a machine's runs may have left tokens behind. */
const runsLookedAt = 20

/** Run tokens over a store. They are good for one run and one session; only their hashes are kept. */
export function createRunTokens(dependencies: {
  store: Pick<Store, 'runTokens' | 'agentSessions'>
  deployments: Pick<Deployments, 'get' | 'list'>
  /** Whether this start of the machine has its place. */
  holds: (machineId: string, bootId: string) => Promise<boolean>
  now: () => Date
}): RunTokens {
  const { store, deployments, holds, now } = dependencies
  return {
    async mint(runId, session) {
      const token = mintToken()
      await store.runTokens.put({
        tokenHash: hashToken(token),
        runId,
        machineId: session.machineId,
        sessionHash: session.tokenHash,
        createdAt: now(),
      })
      return token
    },
    async rights(bearer) {
      const token = bearer === null ? null : await store.runTokens.get(hashToken(bearer))
      const run = token && (await deployments.get(token.runId))
      if (!token || !run) throw agentRefusal('RUN_TOKEN_UNKNOWN')
      if (isOver(run)) return { kind: 'over', token, run }
      const session = await store.agentSessions.get(token.sessionHash)
      if (session === null || !(await holds(token.machineId, session.bootId))) return { kind: 'superseded', token }
      return { kind: 'live', token, run, bootId: session.bootId }
    },
    async forgetEnded(machineId) {
      const runs = await deployments.list({ machineId, limit: runsLookedAt })
      for (const run of runs.filter(isOver)) await store.runTokens.removeForRun(run.id)
    },
  }
}

function isOver({ state }: Run): boolean {
  return state.kind === 'done' || state.kind === 'cancelled'
}
