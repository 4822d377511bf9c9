import type { LeaseStore } from '../dhcp/lease.ts'
import type { StoredLogLine } from '../deployments/records/log.ts'
import type { LogLine } from '../../agent/protocol/messages.ts'
import type { Run } from '../deployments/run/run.ts'
import type { Machine } from '../machines/machine.ts'
import type { KeptEvidence } from '../stock/evidence.ts'
import type { RecordEvent, StockRecord } from '../stock/record.ts'

export type MachineStore = {
  all(): Promise<Machine[]>
  get(id: string): Promise<Machine | null>
  /** Writes the machine over what was there, its MAC addresses too. */
  put(machine: Machine): Promise<void>
}

export type RecordStore = {
  all(): Promise<StockRecord[]>
  get(id: string): Promise<StockRecord | null>
  forMachine(machineId: string): Promise<StockRecord | null>
  put(record: StockRecord): Promise<void>
  /** Adds an event; its number is given by the store. */
  addEvent(event: Omit<RecordEvent, 'id'>): Promise<RecordEvent>
  /** Newest first. */
  events(recordId: string): Promise<RecordEvent[]>
}

export type RunFilter = { machineId?: string; active?: boolean; limit?: number; before?: string }

export type RunStore = {
  get(id: string): Promise<Run | null>
  /** Newest first; `before` is a run's id. */
  list(filter: RunFilter): Promise<Run[]>
  activeFor(machineId: string): Promise<Run | null>
  latestFor(machineId: string): Promise<Run | null>
  /** Rejects when the machine has another run that is not over. */
  add(run: Run): Promise<void>
  /** Writes a run over what was there; steps that are the same objects as in `before` are left alone. */
  update(run: Run, before: Run | null): Promise<void>
  /** Seconds that done steps took on machines of one model, by step type. */
  durations(product: string | null, limit: number): Promise<Array<{ type: string; seconds: number }>>
}

export type LogStore = {
  /** The number the next line of an attempt has. */
  linesOf(runId: string, stepId: string, attempt: number): Promise<number>
  /** Length of all the texts of a run. */
  charactersOf(runId: string): Promise<number>
  append(runId: string, stepId: string, attempt: number, from: number, lines: LogLine[]): Promise<void>
  /** In order; `after` is a line's `id`. */
  list(runId: string, after: number, limit: number): Promise<StoredLogLine[]>
}

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
  /** Removes those that ended before `at`; says how many. */
  removeExpired(at: Date): Promise<number>
}

/** An agent's session: one machine, one start of it. */
export type AgentSession = { tokenHash: string; machineId: string; bootId: string; createdAt: Date }

export type AgentSessionStore = {
  get(tokenHash: string): Promise<AgentSession | null>
  forBoot(machineId: string, bootId: string): Promise<AgentSession | null>
  put(session: AgentSession): Promise<void>
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

export type EvidenceStore = {
  /** Over what the run had before. */
  put(evidence: KeptEvidence): Promise<void>
  newestOf(recordId: string): Promise<KeptEvidence | null>
}

/** What an agent in Windows proves itself with; `runId` is the run that laid it on the disk. */
export type AgentKey = { keyHash: string; machineId: string; runId: string; createdAt: Date }

export type AgentKeyStore = {
  get(keyHash: string): Promise<AgentKey | null>
  put(key: AgentKey): Promise<void>
  removeOfRun(runId: string): Promise<void>
  /** But those of one run, when it is given. */
  removeOfMachine(machineId: string, exceptRunId?: string): Promise<void>
}

/** Small facts by key, as JSON values. */
export type SettingStore = {
  get(key: string): Promise<unknown>
  put(key: string, value: unknown): Promise<void>
}

/** One part per aggregate. */
export type StoreParts = {
  machines: MachineStore
  records: RecordStore
  runs: RunStore
  logs: LogStore
  leases: LeaseStore
  users: UserStore
  sessions: SessionStore
  agentSessions: AgentSessionStore
  runTokens: RunTokenStore
  agentKeys: AgentKeyStore
  evidence: EvidenceStore
  settings: SettingStore
}

export type Store = StoreParts & {
  kind: 'sqlite' | 'postgresql'
  /**
   * Does the work whole or not at all. Inside, only the parts given may be used: the store's own would wait for the
   * transaction's end. When it has answered, the facts survive a power cut.
   */
  transaction<T>(work: (parts: StoreParts) => Promise<T>): Promise<T>
  close(): Promise<void>
}
