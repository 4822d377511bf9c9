import type { LogLine, Report, ReportAnswer, StepWork, Work } from '../../agent/protocol.ts'
import type { Register } from '../machines/register.ts'
import type { Stock } from '../stock/stock.ts'
import type { RunFilter, Store } from '../store/parts.ts'
import type { StoredLogLine } from './log.ts'
import type { Phase, PinnedImage, Run, Variables } from './run.ts'
import type { Sequences } from './sequences.ts'

/** Work as the API gives it to an agent, but for the run token, which the API adds. */
export type WorkToDo = Exclude<Work, { kind: 'step' }> | Omit<StepWork, 'token'>

export type StartRequest = {
  machineIds: string[]
  sequenceId: string
  imageId?: string
  variables?: Variables
  by: string
}

export type Deployments = {
  /**
   * All machines or none. Throws Refusal MACHINE_UNKNOWN, MACHINE_BUSY, SEQUENCE_UNKNOWN, SEQUENCE_INVALID, IMAGE_UNKNOWN,
   * IMAGE_REQUIRED, VARIABLE_REQUIRED, VARIABLE_UNKNOWN, PLAN_INVALID, PLAN_EMPTY.
   */
  start(request: StartRequest): Promise<Run[]>
  list(filter: RunFilter): Promise<Run[]>
  get(id: string): Promise<Run | null>
  /** Waiting, running or in attention. */
  activeFor(machineId: string): Promise<Run | null>
  latestFor(machineId: string): Promise<Run | null>
  /**
   * What this machine's agent should do now. The running step is served again after a restart of server or agent. With
   * `bootId` a step that was running in another start of the machine begins again as a new attempt.
   */
  workFor(machineId: string, habitat: Phase, agent?: { bootId: string; version: string }): Promise<WorkToDo>
  /** Idempotent; recorded before it answers. */
  report(report: Report, at: Date): Promise<ReportAnswer['verdict']>
  cancel(id: string, request: { by: string; reason: string }): Promise<Run>
  /** From the failed step when `stepId` is not given. Throws Refusal RUN_UNKNOWN, RUN_NOT_STOPPED, STEP_UNKNOWN… */
  retry(id: string, request: { by: string; stepId?: string; variables?: Variables }): Promise<Run>
  /** Lines after the one with this id. */
  log(id: string, after?: number): Promise<StoredLogLine[]>
  /** Seconds the run still needs, learned from earlier runs on this model; null while nothing is known. */
  secondsLeft(run: Run, at: Date): Promise<number | null>
  onChange(listener: (run: Run) => void): () => void
  onLog(listener: (runId: string, stepId: string, from: number, lines: LogLine[]) => void): () => void
}

export type DeploymentsDependencies = {
  store: Store
  register: Register
  stock: Stock
  sequences: Sequences
  image: (id: string) => Promise<PinnedImage | null>
  now: () => Date
  newId: () => string
}

/** Runs over a store. `close` writes what progress is still in memory. */
export function createDeployments(_dependencies: DeploymentsDependencies): Deployments & { close(): Promise<void> } {
  throw new Error('not built yet')
}
