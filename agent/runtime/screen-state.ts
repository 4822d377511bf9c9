import type { Progress, Sentence, StepWork, Welcome } from '../protocol/messages.ts'
import type { Departure } from './step.ts'

/** All the machine's own screen can show; the runner tells each change, the half at work draws it. */
export type Scene = {
  welcome: Welcome | null
  server: string
  model: string | null
  address: string | null
  connection: { kind: 'connected' } | { kind: 'lost'; sinceMs: number; tries: number; problem: string }
  work: SceneWork
}

export type SceneWork =
  | { kind: 'starting' }
  | { kind: 'waiting' }
  | { kind: 'attention'; message: Sentence; fix: Sentence }
  | { kind: 'step'; step: StepWork['step']; weight: StepWork['weight']; progress: Progress | null }
  | { kind: 'leaving'; how: Departure }
