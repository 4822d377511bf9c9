import type { Phase } from '../../tasksequences/sequence.ts'
import type { LogStore } from '../deployments/records/log-store.ts'
import type { RunStore } from '../deployments/records/run-store.ts'
import type { TrailStore } from '../deployments/records/run-trail.ts'
import type { SituationStore } from '../deployments/records/situation.ts'
import type { LeaseStore } from '../dhcp/lease.ts'
import type { Transactions } from '../events/transactions.ts'
import type { AgentKeyStore } from '../machines/agent-key-store.ts'
import type { DoubtStore } from '../machines/doubt.ts'
import type { LearntFillerStore } from '../machines/learnt-fillers.ts'
import type { MachineStore } from '../machines/machine-store.ts'
import type { EvidenceStore, RecordStore } from '../stock/record-store.ts'

export type Role = 'technician' | 'manager' | 'screen'
export type User = { name: string; passwordHash: string; role: Role; createdAt: Date }

export type UserStore = {
  all(): Promise<User[]>
  get(name: string): Promise<User | null>
  put(user: User): Promise<void>
  remove(name: string): Promise<void>
}

/** A person's session. Only hashes of tokens are stored. */
export type UserSession = { tokenHash: string; user: string; createdAt: Date; expiresAt: Date }

export type SessionStore = {
  get(tokenHash: string): Promise<UserSession | null>
  put(session: UserSession): Promise<void>
  remove(tokenHash: string): Promise<void>
  /** Removes those that ended before `at`, and those that a clock of the future has made; says how many. */
  removeExpired(at: Date, madeAfter: Date): Promise<number>
  /** Removes a user's sessions, all but one; gives the hashes of those removed. */
  removeOfUser(user: string, exceptHash: string | null): Promise<string[]>
}

/** An agent's session: one machine, one start of it; `proven` of a Windows that has shown its key. */
export type AgentSession = {
  tokenHash: string
  machineId: string
  bootId: string
  phase: Phase
  proven: boolean
  createdAt: Date
}

export type AgentSessionStore = {
  get(tokenHash: string): Promise<AgentSession | null>
  put(session: AgentSession): Promise<void>
  newestOf(machineId: string): Promise<AgentSession | null>
  /** Ends every session of a machine but those of the given start. */
  removeOthers(machineId: string, bootId: string): Promise<void>
}

/** What an agent may do for one run; `sessionHash` names the agent session it was given to. */
export type RunToken = { tokenHash: string; runId: string; machineId: string; sessionHash: string; createdAt: Date }

export type RunTokenStore = {
  get(tokenHash: string): Promise<RunToken | null>
  put(token: RunToken): Promise<void>
  removeForRun(runId: string): Promise<void>
}

/** One part per aggregate. */
export type StoreParts = {
  machines: MachineStore
  doubts: DoubtStore
  learntFillers: LearntFillerStore
  records: RecordStore
  runs: RunStore
  situations: SituationStore
  trails: TrailStore
  logs: LogStore
  leases: LeaseStore
  users: UserStore
  sessions: SessionStore
  agentSessions: AgentSessionStore
  runTokens: RunTokenStore
  agentKeys: AgentKeyStore
  evidence: EvidenceStore
}

export type Store = StoreParts &
  Transactions<StoreParts> & {
    kind: 'sqlite' | 'postgresql'
    close(): Promise<void>
  }
