import type { Transactions } from '../../events/transactions.ts'
import type { AgentKeyStore } from '../../machines/agent-key-store.ts'
import type { StockParts } from '../../stock/record-store.ts'
import type { Run } from '../run/run.ts'
import type { TimedStep } from '../timing/windows-setup.ts'
import type { LogStore } from './log-store.ts'
import type { TrailStore } from './run-trail.ts'
import type { SituationStore } from './situation.ts'

/** `ids`: of these runs only; `after`: from after this run on. */
export type RunFilter = {
  machineId?: string
  active?: boolean
  ids?: readonly string[]
  limit?: number
  after?: string
}

export type RunStore = {
  get(id: string): Promise<Run | null>
  /** Newest first. */
  list(filter: RunFilter): Promise<Run[]>
  activeFor(machineId: string): Promise<Run | null>
  latestFor(machineId: string): Promise<Run | null>
  /** Rejects when the machine has another run that is not over. */
  add(run: Run): Promise<void>
  /** Writes a run over what was there; steps that are the same objects as in `before` are left alone. */
  update(run: Run, before: Run | null): Promise<void>
  /** The last steps that were done on machines of one model, with when each began and ended. */
  timedSteps(product: string | null, limit: number): Promise<TimedStep[]>
}

/** What a run's change reads and writes: the run, its log, and what the stock and the agents' keys have of it. */
export type RunParts = StockParts & {
  runs: RunStore
  logs: LogStore
  agentKeys: Pick<AgentKeyStore, 'hasAccepted' | 'acceptOnly' | 'removeOfMachine' | 'removeOfRun'>
}

export type DeploymentStore = RunParts & Transactions<RunParts> & { situations: SituationStore; trails: TrailStore }

/** Whether a run of the machine goes on. */
export async function hasLiveRun({ runs }: { runs: Pick<RunStore, 'activeFor'> }, machineId: string): Promise<boolean> {
  return (await runs.activeFor(machineId)) !== null
}
