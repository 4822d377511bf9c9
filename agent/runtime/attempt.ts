import type { Clock } from './clock.ts'
import type { Connection } from './connection.ts'
import { openExec, type ProgramGroup } from './exec.ts'
import { failure } from '../protocol/failures/failures.ts'
import type { Inventory } from '../protocol/inventory.ts'
import * as outbox from './outbox.ts'
import { cleanLine, logLine } from './program-output.ts'
import type { Failure, LogLine, Progress, ReportBody, StepWork } from '../protocol/messages.ts'
import { StepError, type PowerAction, type StepContext, type Steps } from './step.ts'

export type AttemptDependencies = {
  steps: Steps
  clock: Clock
  connection: Pick<Connection, 'open'>
  inventory: Inventory
  pace: outbox.Pace
  /** How programs are ended with their children; POSIX process groups by default. */
  group?: ProgramGroup
  /** For the machine's own log. */
  say(text: string): void
  onProgress(progress: Progress): void
}

/** One attempt of one step, running: it goes on whether or not the server is there to hear of it. */
export type Attempt = {
  readonly work: StepWork
  /** After the server gave the same attempt again, with another token. */
  adopt(work: StepWork): void
  next(): outbox.Next
  accepted(body: ReportBody): void
  /** Replaces an end the server will never accept. */
  replaceFinal(failure: Failure): void
  /** Resolves at the next change: there may be something to send before the time `next` named. */
  changed(): Promise<undefined>
  /** What to do once the end has been accepted. */
  afterwards(): PowerAction | undefined
  /** Aborts the step and resolves when it has let go of the machine. */
  stop(reason: string): Promise<void>
}

/** Starts the step of `work`; never throws, every end is a report. */
export function startAttempt(first: StepWork, dependencies: AttemptDependencies): Attempt {
  let work = first
  let box = outbox.emptyOutbox
  let powerAction: PowerAction | undefined
  let wake = Promise.withResolvers<undefined>()
  const abort = new AbortController()
  const nowMs = (): number => dependencies.clock.elapsedMs()
  const change = (changed: outbox.Outbox): void => {
    const waiting = wake
    box = changed
    wake = Promise.withResolvers()
    waiting.resolve(undefined)
  }
  const log = (level: LogLine['level'], text: string): void => {
    const line = logLine(cleanLine(text))
    if (level !== 'output') dependencies.say(line)
    change(outbox.withLine(box, { at: dependencies.clock.now().toISOString(), level, text: line }, nowMs()))
  }
  const context: StepContext = {
    get work() {
      return work
    },
    inventory: dependencies.inventory,
    signal: abort.signal,
    clock: dependencies.clock,
    exec: openExec(abort.signal, log, dependencies.group),
    log,
    progress: (progress) => {
      change(outbox.withProgress(box, progress))
      dependencies.onProgress(progress)
    },
    open: (path, offset) => dependencies.connection.open(path, work.token, offset, abort.signal),
  }
  const ended = runStep(context, dependencies.steps).then((end) => {
    powerAction = end.afterwards
    if (end.body.kind === 'failed') log('error', `${work.step.type} failed: ${end.body.failure.code}`)
    change(outbox.withFinal(box, end.body))
  })
  return {
    get work() {
      return work
    },
    adopt: (again) => {
      work = again
    },
    next: () => outbox.next(box, nowMs(), dependencies.pace),
    accepted: (body) => change(outbox.accepted(box, body, nowMs())),
    replaceFinal: (failure) => change(outbox.withFinal(box, { kind: 'failed', failure })),
    changed: () => wake.promise,
    afterwards: () => powerAction,
    stop: async (reason) => {
      abort.abort(new StepError(failure('STEP_CANCELLED', { step: work.step.type, reason })))
      await ended
    },
  }
}

type End = { body: NonNullable<outbox.Outbox['final']>; afterwards?: PowerAction }

async function runStep(context: StepContext, steps: Steps): Promise<End> {
  const { type } = context.work.step
  try {
    const step = steps.get(type)
    if (step === undefined) throw new StepError(failure('STEP_UNKNOWN', { step: type }))
    const outcome = await step(context)
    if ('continueWith' in outcome) {
      return { body: { kind: 'continues', memory: outcome.continueWith }, afterwards: 'restart' }
    }
    const { result, afterwards } = outcome
    const body = { kind: 'done', result } as const
    return afterwards === undefined ? { body } : { body, afterwards }
  } catch (error) {
    return { body: { kind: 'failed', failure: failureOf(error, type) } }
  }
}

function failureOf(error: unknown, step: string): Failure {
  if (error instanceof StepError) return error.failure
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return failure('STEP_CRASHED', { step }, { detail: detail.slice(0, 8192) })
}
