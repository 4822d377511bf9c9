/**
 * What an agent in Windows proves itself with; `runId` and `attempt` are of the step that puts it on the disk. It is good
 * from the moment that attempt's result is accepted. Only its hash is stored.
 */
export type AgentKey = {
  keyHash: string
  machineId: string
  runId: string
  attempt: number
  accepted: boolean
  createdAt: Date
}

/** Names the attempt of a run's step that wrote a key. */
export type KeyOrigin = Pick<AgentKey, 'machineId' | 'runId' | 'attempt'>

export type AgentKeyStore = {
  get(keyHash: string): Promise<AgentKey | null>
  /** Whether a key of the machine's is good. */
  hasAccepted(machineId: string): Promise<boolean>
  put(key: AgentKey): Promise<void>
  /** The keys of this attempt are good from now on; every other of the machine's is gone. */
  acceptOnly(origin: KeyOrigin): Promise<void>
  removeOfRun(runId: string): Promise<void>
  removeOfMachine(machineId: string): Promise<void>
}
