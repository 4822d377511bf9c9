import type { IncomingMessage } from 'node:http'
import type { Clock } from './clock.ts'
import type { Exec } from './exec.ts'
import type { Inventory } from '../protocol/inventory.ts'
import type { Failure, LogLine, Progress, StepWork } from '../protocol/messages.ts'

/** What the machine does once a step's result has been accepted. */
export type PowerAction = 'restart' | 'shut-down'

export type Outcome =
  | { result: Record<string, unknown>; afterwards?: PowerAction }
  /** The machine restarts, and the step begins again with this as `context.work.step.memory`. */
  | { continueWith: Record<string, unknown> }

/** All a step may touch. It holds no state of its own beyond one call. */
export type StepContext = {
  work: StepWork
  inventory: Inventory
  signal: AbortSignal
  clock: Clock
  /** Every other program goes through here: no shell, killed with its children on cancel, its output in the run's log. */
  exec: Exec
  progress(progress: Progress): void
  log(level: LogLine['level'], text: string): void
  /**
   * Bytes the server keeps for this run, the pinned image's or a material's, from `offset` on, with the run token of the
   * moment. Throws `TransportError`.
   */
  open(path: string, offset: number): Promise<IncomingMessage>
}

/** Does one step; throws `StepError` for whatever a person can be told, and the signal's reason when cancelled. */
export type Step = (context: StepContext) => Promise<Outcome>

export type Steps = ReadonlyMap<string, Step>

/** A failure that the catalogue has a sentence for. */
export class StepError extends Error {
  override readonly name = 'StepError'
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.detail === undefined ? failure.code : `${failure.code}: ${failure.detail}`)
    this.failure = failure
  }
}
