import type { Hello, Report, Verdict, Welcome, Work } from '../../../agent/protocol/messages.ts'
import type { Deployments } from '../../deployments/deployments.ts'
import { endsMachine } from '../../deployments/run/progression.ts'
import type { PresenceTracker } from '../../machines/presence.ts'
import { labelOf, type Machine } from '../../machines/machine.ts'
import type { Register } from '../../machines/register.ts'
import type { AddressBook } from '../../netboot/addresses.ts'
import { agentHelloMessage } from '../../netboot/trace-messages.ts'
import type { CardUsers } from '../../netboot/card-users.ts'
import type { BootTrace } from '../../netboot/trace.ts'
import { agentRefusal } from '../messages.ts'
import type { Stock } from '../../stock/stock.ts'
import type { AgentKeys } from './agent-keys.ts'
import type { RunRights, RunTokens } from './run-tokens.ts'
import type { StepCredentials } from './step-credentials.ts'
import type { AgentSessions } from './sessions.ts'
import { awaitWork, newsKey } from './work-poll.ts'

export type AgentService = {
  /** Takes a machine in: recognises it, opens its session. `address` is where it speaks from. */
  welcome(hello: Hello, address: string): Promise<Welcome>
  /** The next work, held back until there is news. Throws Refusal AGENT_SESSION_UNKNOWN. */
  work(session: string | null, address: string, signal: AbortSignal): Promise<Work>
  /** Takes a report in. Throws Refusal RUN_TOKEN_FOREIGN. */
  report(rights: RunRights, report: Report, address: string): Promise<Verdict>
}

export type AgentServiceDependencies = {
  register: Register
  stock: Pick<Stock, 'onChange'>
  deployments: Deployments
  sessions: AgentSessions
  runTokens: RunTokens
  agentKeys: Pick<AgentKeys, 'proves'>
  credentials: StepCredentials
  presence: PresenceTracker
  trace: BootTrace
  addresses: AddressBook
  cards: CardUsers
  publicUrl: () => string
  language: Welcome['locale']
  now: () => Date
  /** How long a poll without news is held, 25 s at most (agent/protocol/messages.ts). */
  holdMs: number
  /** Hears of machines that share a UUID, serial or MAC address, for the log. */
  onConflict: (machine: Machine, others: readonly Machine[]) => void
  /** Hears of a Windows that shows no key of this machine, for the log. */
  onUnproven: (machine: Machine) => void
  /** Ends every held poll when the server closes. */
  closing: AbortSignal
}

/** The server's side of the agent's life. */
export function createAgentService(dependencies: AgentServiceDependencies): AgentService {
  const { register, deployments, sessions, runTokens, presence, now } = dependencies
  /** By machine: what its agent was told last, and the poll that is held now. */
  const lastNews = new Map<string, string>()
  const polls = new Map<string, AbortController>()

  function onChange(machineId: string, ring: () => void): () => void {
    const stops = [
      deployments.onChange((run) => run.machineId === machineId && ring()),
      dependencies.stock.onChange((record) => record.machineId === machineId && ring()),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }

  // Whoever still polls for a machine that is gone says hello again, and is met anew.
  register.onRemoved((machineId) => {
    polls.get(machineId)?.abort()
    lastNews.delete(machineId)
    sessions.forget(machineId)
  })

  return {
    async welcome(hello, address) {
      const { machine, isNew, conflicts } = await register.meet(hello.inventory, now(), hello.phase)
      if (conflicts.length > 0) dependencies.onConflict(machine, conflicts)
      const proven = hello.phase === 'environment' || (await dependencies.agentKeys.proves(hello.key, machine.id))
      if (!proven) dependencies.onUnproven(machine)
      const { token, replaced } = await sessions.open(machine.id, hello, proven)
      await runTokens.forgetEnded(machine.id)
      lastNews.delete(machine.id)
      const interfaces = hello.inventory.networkInterfaces
      const card = interfaces.find((each) => each.address?.split('/')[0] === address) ?? interfaces[0]
      if (card) {
        dependencies.addresses.learn(address, card.mac)
        dependencies.cards.noted(card.mac, machine.uuid)
        // Under a card of its own where it has one: the dock it speaks through is not what it is known by.
        const mac = machine.macs.includes(card.mac.toLowerCase()) ? card.mac : (machine.macs[0] ?? card.mac)
        dependencies.trace.add({ mac, uuid: machine.uuid }, agentHelloMessage({ hello, isNew, replaced, proven }))
      }
      presence.signal(machine.id, { kind: 'agent', phase: hello.phase, address })
      return {
        machineId: machine.id,
        session: token,
        code: machine.code,
        label: labelOf(machine),
        pageUrl: `${dependencies.publicUrl()}/machines/${machine.id}`,
        locale: dependencies.language,
      }
    },

    async work(bearer, address, left) {
      const session = bearer === null ? null : await sessions.find(bearer)
      if (!session) throw agentRefusal('AGENT_SESSION_UNKNOWN')
      const { machineId, phase, bootId, version, proven } = session
      const signalPresence = (): void => presence.signal(machineId, { kind: 'agent', phase, address })
      signalPresence()
      const poll = new AbortController()
      // A machine polls once at a time: an older poll is one whose agent has gone.
      polls.get(machineId)?.abort()
      polls.set(machineId, poll)
      try {
        const work = await awaitWork(lastNews.get(machineId) ?? 'wait', {
          // Whoever only says that it is this machine's Windows neither gets work nor moves its run.
          workFor: async () => (proven ? deployments.workFor(machineId, phase, { bootId, version }) : { kind: 'wait' }),
          onChange: (ring) => onChange(machineId, ring),
          holdMs: dependencies.holdMs,
          signal: AbortSignal.any([left, poll.signal, dependencies.closing]),
        })
        if (left.aborted || poll.signal.aborted) return { kind: 'wait' }
        signalPresence()
        const key = newsKey(work)
        if (key === null) lastNews.delete(machineId)
        else lastNews.set(machineId, key)
        return work.kind === 'step' ? { ...work, ...(await dependencies.credentials(work, session)) } : work
      } finally {
        if (polls.get(machineId) === poll) polls.delete(machineId)
      }
    },

    async report(rights, report, address) {
      if (rights.token.runId !== report.runId) throw agentRefusal('RUN_TOKEN_FOREIGN')
      if (rights.kind === 'superseded') return 'stale'
      const { machineId } = rights.token
      const step = rights.run.steps.find(({ id }) => id === report.stepId)
      if (step) presence.signal(machineId, { kind: 'agent', phase: step.phase, address })
      const verdict = await deployments.report(report, now())
      if (report.body.kind === 'done' && step && endsMachine(step)) presence.signal(machineId, { kind: 'leaving' })
      return verdict
    },
  }
}
