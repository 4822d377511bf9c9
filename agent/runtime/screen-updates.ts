import { backoffMs } from './backoff.ts'
import type { Clock } from './clock.ts'
import type { Progress, StepWork } from '../protocol/messages.ts'
import type { Scene } from './screen-state.ts'

/** What the machine shows, kept together: the runner and the delivery each change a part of it. */
export type Stage = {
  show(change: Partial<Scene>): void
  progress(step: StepWork['step'], progress: Progress): void
  /** The server has answered. */
  connected(): void
  /** It has not; gives the pause before the next try. */
  lost(problem: string): number
}

export type StageDoors = {
  server: string
  clock: Clock
  /** Between two tries to reach the server; 10 s when it is not said. */
  longestPauseMs?: number
  show(scene: Scene): void
  say(text: string): void
}

/** Of many failures in a row, every so many are said again in the log. */
const sayEvery = 20

export function openStage(doors: StageDoors): Stage {
  let failures = 0
  let scene: Scene = {
    welcome: null,
    server: doors.server,
    model: null,
    address: null,
    connection: { kind: 'connected' },
    work: { kind: 'starting' },
  }
  const show = (change: Partial<Scene>): void => {
    scene = { ...scene, ...change }
    doors.show(scene)
  }
  show({})
  return {
    show,
    progress: (step, progress) => {
      if (scene.work.kind === 'step' && isSameAttempt(scene.work.step, step))
        show({ work: { ...scene.work, progress } })
    },
    connected: () => {
      failures = 0
      if (scene.connection.kind === 'connected') return
      doors.say('the server is back')
      show({ connection: { kind: 'connected' } })
    },
    lost: (problem) => {
      if (failures % sayEvery === 0) doors.say(`cannot reach the server at ${doors.server}: ${problem}`)
      failures += 1
      const sinceMs = scene.connection.kind === 'lost' ? scene.connection.sinceMs : doors.clock.now().getTime()
      show({ connection: { kind: 'lost', sinceMs, tries: failures, problem } })
      return backoffMs(failures - 1, doors.longestPauseMs)
    },
  }
}

export function isSameAttempt(one: StepWork['step'], other: StepWork['step']): boolean {
  return one.id === other.id && one.attempt === other.attempt
}
