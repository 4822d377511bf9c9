import type { Progress, StepWork, Welcome } from '../protocol/messages.ts'
import type { Description } from '../../text/messages.ts'
import type { Sentence } from '../../text/sentence.ts'
import type { PowerAction } from './step.ts'

/** All the machine's own screen can show; the runner tells each change, each half of the agent draws it. */
export type ScreenState = {
  welcome: Welcome | null
  server: string
  model: string | null
  address: string | null
  connection: ScreenConnection
  work: ScreenWork
}

export type ScreenConnection =
  | { kind: 'connected' }
  /** `description` is what a person can do about it, where there is something. */
  | { kind: 'lost'; sinceMs: number; tries: number; problem: string; description: Description | null }

export type ScreenWork =
  | { kind: 'starting' }
  | { kind: 'waiting' }
  /** Another start of this machine has its place for now. */
  | { kind: 'held-back'; message: Sentence; fix: Sentence }
  | { kind: 'attention'; message: Sentence; fix: Sentence }
  | { kind: 'step'; step: StepWork['step']; weight: StepWork['weight']; progress: Progress | null }
  | { kind: 'power-action'; action: PowerAction }
