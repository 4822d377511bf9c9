/** What an agent in Windows proves itself with; `runId` is the run that put it on the disk. Only its hash is stored. */
export type AgentKey = { keyHash: string; machineId: string; runId: string; createdAt: Date }

export type AgentKeyStore = {
  get(keyHash: string): Promise<AgentKey | null>
  put(key: AgentKey): Promise<void>
  removeOfRun(runId: string): Promise<void>
  /** But those of one run, when it is given. */
  removeOfMachine(machineId: string, exceptRunId?: string): Promise<void>
}
