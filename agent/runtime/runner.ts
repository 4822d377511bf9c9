import { startAttempt, type Attempt } from './attempt.ts'
import { problemOf, type Connection } from './connection.ts'
import { sendReports } from './report-sender.ts'
import type { ProgramGroup } from './exec.ts'
import type { Inventory } from '../protocol/inventory.ts'
import { defaultPace, type Pace } from './outbox.ts'
import type { StepWork, Work } from '../protocol/messages.ts'
import type { ScreenState, ScreenWork } from './screen-state.ts'
import { isSameAttempt, openScreenUpdates, type ScreenUpdates } from './screen-updates.ts'
import { openSession, type Session, type SessionDependencies } from './session.ts'
import type { PowerAction, Steps } from './step.ts'

export type RunnerOptions = SessionDependencies & {
  /** How the screen and the log call the server: its host and port. */
  server: string
  connection: Connection
  steps: Steps
  show(state: ScreenState): void
  /** The machine's own log, one line at a time. */
  say(text: string): void
  pace?: Pace
  /** Between two tries to reach a server that is not there; 10 s by default. */
  longestPauseMs?: number
  /** How programs of a step are ended with their children; POSIX process groups by default. */
  group?: ProgramGroup
}

/** A server that answers "wait" at once must not be asked in a tight loop. */
const shortestPollMs = 1000

/**
 * The agent's whole life, the same in both halves: hello, long poll for work, do the step, report until accepted, again.
 * Resolves with what the machine has to do next; rejects with the signal's reason when it is told to stop.
 * Loss of the server never ends it, nor does it stop a step that runs.
 */
export async function runAgent(options: RunnerOptions): Promise<PowerAction> {
  const { connection, clock, signal } = options
  const screen = openScreenUpdates(options)
  let session: Session | null = null
  let attempt: Attempt | null = null
  try {
    for (;;) {
      if (session === null) {
        session = await openSession(options, screen)
        // The first poll may be held for long: until it says otherwise, the machine waits.
        if (attempt === null) screen.show({ work: { kind: 'waiting' } })
      }
      const askedAtMs = clock.elapsedMs()
      const reply = await connection.work(session.token, signal)
      if (reply.kind !== 'answered') {
        if (reply.kind === 'refused' && reply.status === 401) session = null
        await clock.sleep(screen.lost(problemOf('the poll for work', reply)), signal)
        continue
      }
      screen.connected()
      const work = reply.answer
      if (attempt !== null && !isAttempt(work, attempt)) {
        options.say(`dropping ${attempt.work.step.type}: the run has moved on`)
        await attempt.stop('stale')
        attempt = null
      }
      if (work.kind === 'restart') return announce('restart', screen)
      if (work.kind !== 'step') {
        screen.show({ work: screenWorkOf(work) })
        await clock.sleep(Math.max(0, shortestPollMs - (clock.elapsedMs() - askedAtMs)), signal)
        continue
      }
      if (attempt === null) attempt = begin(options, work, session.inventory, screen)
      else attempt.adopt(work)
      const end = await sendReports(attempt, { ...options, connected: screen.connected, lost: screen.lost })
      if (end.kind === 'refused') {
        if (end.status === 401) session = null
        await clock.sleep(shortestPollMs, signal)
        continue
      }
      const powerAction = end.kind === 'accepted' ? attempt.afterwards() : undefined
      attempt = null
      if (powerAction !== undefined) return announce(powerAction, screen)
    }
  } finally {
    await attempt?.stop('the agent ends')
  }
}

function begin(options: RunnerOptions, work: StepWork, inventory: Inventory, screen: ScreenUpdates): Attempt {
  const { step } = work
  screen.show({ work: screenWorkOf(work) })
  options.say(`step ${step.index + 1} of ${step.of}: ${step.type}, attempt ${step.attempt}`)
  const pace = options.pace ?? defaultPace
  return startAttempt(work, { ...options, inventory, pace, onProgress: (now) => screen.progress(step, now) })
}

function announce(action: PowerAction, screen: ScreenUpdates): PowerAction {
  screen.show({ work: { kind: 'power-action', action } })
  return action
}

function isAttempt(work: Work, attempt: Attempt): boolean {
  return work.kind === 'step' && work.runId === attempt.work.runId && isSameAttempt(work.step, attempt.work.step)
}

function screenWorkOf(work: Exclude<Work, { kind: 'restart' }>): ScreenWork {
  switch (work.kind) {
    case 'wait':
      return work.notice === undefined ? { kind: 'waiting' } : { kind: 'held-back', ...work.notice }
    case 'attention':
      return { kind: 'attention', message: work.message, fix: work.fix }
    case 'step':
      return { kind: 'step', step: work.step, weight: work.weight, progress: null }
  }
}
