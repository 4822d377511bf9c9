import type { Hello, Report, Verdict, Welcome, Work } from '../../../agent/protocol/messages.ts'
import type { Deployments, WorkToDo } from '../../deployments/deployments.ts'
import { endsMachine } from '../../deployments/run/progression.ts'
import type { Standing } from '../../machines/claims/claims.ts'
import type { ClaimKeeper } from '../../machines/claims/keeper.ts'
import type { Register } from '../../machines/register.ts'
import { agentRefusal } from '../messages.ts'
import type { Stock } from '../../stock/stock.ts'
import { createArrival, type ArrivalDependencies } from './arrival.ts'
import { claimedTwice, secondStart } from './claimed-twice.ts'
import type { RunRights } from './run-tokens.ts'
import type { StepCredentials } from './step-credentials.ts'
import type { AgentSession, AgentSessions } from './sessions.ts'
import { awaitWork, newsKey } from './work-poll.ts'

export type AgentService = {
  /** Takes a machine in: recognises it, opens its session. `address` is where it speaks from. */
  welcome(hello: Hello, address: string): Promise<Welcome>
  /** The next work, held back until there is news. Throws Refusal AGENT_SESSION_UNKNOWN. */
  work(session: string | null, address: string, signal: AbortSignal): Promise<Work>
  /** Takes a report in. Throws Refusal RUN_TOKEN_FOREIGN. */
  report(rights: RunRights, report: Report, address: string): Promise<Verdict>
}

export type AgentServiceDependencies = ArrivalDependencies & {
  stock: Pick<Stock, 'onChange'>
  deployments: Deployments
  claims: ClaimKeeper
  register: Register
  sessions: AgentSessions
  credentials: StepCredentials
  /** How long a poll without news is held, 25 s at most (agent/protocol/messages.ts). */
  holdMs: number
  /** Ends every held poll when the server closes. */
  closing: AbortSignal
}

/** Who waits for a machine's place is asked to speak this often: only so can it be told whether it is still there. */
const longestHoldOfWaitingMs = 5000

const isWorthNothing = ({ phase, proven }: AgentSession): boolean => phase === 'windows' && !proven

/** Whoever has lost its place says hello again, and so does whoever has just got it: its hello was not taken in. */
const admit = (session: AgentSession, standing: Standing): void => {
  if (standing === 'unknown' || (standing === 'holds' && !session.met)) throw agentRefusal('AGENT_SESSION_UNKNOWN')
}

/** Rings at whatever may be news to a machine's agent; gives how to stop. */
function onChange(
  machineId: string,
  { deployments, stock, claims }: Pick<AgentServiceDependencies, 'deployments' | 'stock' | 'claims'>,
  ring: () => void,
): () => void {
  const stops = [
    deployments.onChange((run) => run.machineId === machineId && ring()),
    stock.onChange((record) => record.machineId === machineId && ring()),
    claims.onChange((id) => id === machineId && ring()),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

/** The server's side of the agent's life. */
export function createAgentService(dependencies: AgentServiceDependencies): AgentService {
  const { deployments, claims, sessions, presence, now } = dependencies
  /** What an agent was told last, and the poll that is held now: of a session, as long as that lives. */
  const lastNews = new WeakMap<AgentSession, string>()
  const polls = new WeakMap<AgentSession, AbortController>()

  const workFor = async (session: AgentSession): Promise<WorkToDo> => {
    const { machineId, phase, bootId, version } = session
    // Whoever only says that it is this machine's Windows neither gets work nor moves its run.
    if (isWorthNothing(session)) return { kind: 'wait' }
    const standing = await claims.standing(machineId, bootId)
    admit(session, standing)
    if (standing === 'holds') return deployments.workFor(machineId, phase, { bootId, version })
    const waits = { kind: 'wait', notice: secondStart } as const
    if (standing === 'waits') return waits
    const stopped = await deployments.stop(machineId, claimedTwice(claims.disputed(machineId)))
    return stopped.kind === 'attention' ? stopped : waits
  }

  /** Notes that it has spoken; says whether it has the machine's place. */
  const hear = async (session: AgentSession, address: string): Promise<boolean> => {
    if (isWorthNothing(session)) return false
    const { machineId, bootId, phase } = session
    const standing = await claims.heard(machineId, { bootId, address })
    admit(session, standing)
    if (standing === 'holds') presence.signal(machineId, { kind: 'agent', phase, address })
    return standing === 'holds'
  }

  // Whoever still polls for a machine that is gone says hello again, and is met anew.
  dependencies.register.onRemoved((machineId) => {
    sessions.forget(machineId)
    claims.forget(machineId)
  })

  return {
    welcome: createArrival(dependencies),

    async work(bearer, address, left) {
      const session = bearer === null ? null : sessions.find(bearer)
      if (!session) throw agentRefusal('AGENT_SESSION_UNKNOWN')
      const { machineId, bootId } = session
      const { holdMs } = dependencies
      const holds = await hear(session, address)
      const poll = new AbortController()
      // An agent polls once at a time: an older poll is one that it has given up.
      polls.get(session)?.abort()
      polls.set(session, poll)
      const work = await awaitWork(lastNews.get(session) ?? 'wait', {
        workFor: () => workFor(session),
        onChange: (ring) => onChange(machineId, dependencies, ring),
        holdMs: holds ? holdMs : Math.min(holdMs, longestHoldOfWaitingMs),
        signal: AbortSignal.any([left, poll.signal, dependencies.closing]),
      })
      if (left.aborted || poll.signal.aborted) return { kind: 'wait' }
      const key = newsKey(work)
      if (key === null) lastNews.delete(session)
      else lastNews.set(session, key)
      if (work.kind === 'restart') await claims.leaving(machineId, bootId)
      return work.kind === 'step' ? { ...work, ...(await dependencies.credentials(work, session)) } : work
    },

    async report(rights, report, address) {
      if (rights.token.runId !== report.runId) throw agentRefusal('RUN_TOKEN_FOREIGN')
      if (rights.kind === 'superseded') return 'stale'
      const { machineId } = rights.token
      const step = rights.run.steps.find(({ id }) => id === report.stepId)
      if (rights.kind === 'live') {
        // This very word may show that there are two of them.
        if ((await claims.heard(machineId, { bootId: rights.bootId, address })) !== 'holds') return 'stale'
        if (step) presence.signal(machineId, { kind: 'agent', phase: step.phase, address })
      }
      const verdict = await deployments.report(report, now())
      const { kind } = report.body
      const leaves = verdict === 'accepted' && (kind === 'continues' || (kind === 'done' && step && endsMachine(step)))
      if (leaves === true) {
        presence.signal(machineId, { kind: 'leaving' })
        if (rights.kind === 'live') await claims.leaving(machineId, rights.bootId)
      }
      return verdict
    },
  }
}
