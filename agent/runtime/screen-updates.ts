import { backoffMs } from './backoff.ts'
import type { Clock } from './clock.ts'
import type { ConnectionProblem } from './connection.ts'
import type { Progress, StepWork } from '../protocol/messages.ts'
import type { ScreenState } from './screen-state.ts'

/** What the machine shows, kept together: the runner and the report sender each change a part of it. */
export type ScreenUpdates = {
  show(change: Partial<ScreenState>): void
  progress(step: StepWork['step'], progress: Progress): void
  /** The server has answered. */
  connected(): void
  /** It has not; gives the pause before the next try. */
  lost(problem: ConnectionProblem): number
}

export type ScreenUpdatesDependencies = {
  server: string
  clock: Clock
  /** Between two tries to reach the server; 10 s by default. */
  longestPauseMs?: number
  show(state: ScreenState): void
  say(text: string): void
}

/** Of many failures in a row, one in so many is logged again. */
const sayEvery = 20

export function openScreenUpdates(dependencies: ScreenUpdatesDependencies): ScreenUpdates {
  let failures = 0
  let state: ScreenState = {
    welcome: null,
    server: dependencies.server,
    model: null,
    address: null,
    connection: { kind: 'connected' },
    work: { kind: 'starting' },
  }
  const show = (change: Partial<ScreenState>): void => {
    state = { ...state, ...change }
    dependencies.show(state)
  }
  show({})
  return {
    show,
    progress: (step, progress) => {
      if (state.work.kind === 'step' && isSameAttempt(state.work.step, step))
        show({ work: { ...state.work, progress } })
    },
    connected: () => {
      failures = 0
      if (state.connection.kind === 'connected') return
      dependencies.say('the server is back')
      show({ connection: { kind: 'connected' } })
    },
    lost: ({ text, description }) => {
      if (failures % sayEvery === 0) dependencies.say(`cannot reach the server at ${dependencies.server}: ${text}`)
      failures += 1
      const sinceMs = state.connection.kind === 'lost' ? state.connection.sinceMs : dependencies.clock.elapsedMs()
      show({ connection: { kind: 'lost', sinceMs, tries: failures, problem: text, description } })
      return backoffMs(failures - 1, dependencies.longestPauseMs)
    },
  }
}

export function isSameAttempt(one: StepWork['step'], other: StepWork['step']): boolean {
  return one.id === other.id && one.attempt === other.attempt
}
