import type { Attempt } from './attempt.ts'
import type { Clock } from './clock.ts'
import { problemOf, type Connection, type ConnectionProblem } from './connection.ts'
import { failure } from '../protocol/failures/failures.ts'
import { isEnd, type Report, type ReportBody, type Verdict } from '../protocol/messages.ts'

export type ReportSenderDependencies = {
  connection: Pick<Connection, 'report'>
  clock: Clock
  signal: AbortSignal
  say(text: string): void
  connected(): void
  /** Tells the loss and gives the pause before the next try. */
  lost(problem: ConnectionProblem): number
}

export type SendingEnd =
  /** The server has stored the attempt's result. */
  | { kind: 'accepted' }
  /** The run goes on without it; the step has been stopped. */
  | { kind: 'dropped' }
  /** The token is no longer good; the step goes on, ask for work (401: say hello) to learn what it is now. */
  | { kind: 'refused'; status: number }

/** What became of one report. */
type Sent =
  | { kind: 'verdict'; verdict: Verdict }
  | { kind: 'token-refused'; status: number }
  /** Nothing was decided, or the attempt's result was replaced: look again at what there is to send. */
  | { kind: 'again' }

/** Sends a running attempt's reports until its result is accepted: each one is repeated until the server has taken it. */
export async function sendReports(attempt: Attempt, dependencies: ReportSenderDependencies): Promise<SendingEnd> {
  for (;;) {
    const next = attempt.next()
    if (next.kind === 'wait') {
      await waitFor(attempt, next.ms, dependencies)
      continue
    }
    const sent = await send(attempt, next.body, dependencies)
    if (sent.kind === 'again') continue
    if (sent.kind === 'token-refused') return { kind: 'refused', status: sent.status }
    if (sent.verdict !== 'accepted') {
      dependencies.say(`${attempt.work.step.type}: the server says ${sent.verdict}`)
      await attempt.stop(sent.verdict)
      return { kind: 'dropped' }
    }
    attempt.accepted(next.body)
    if (isEnd(next.body)) return { kind: 'accepted' }
  }
}

async function waitFor(attempt: Attempt, ms: number, { clock, signal }: ReportSenderDependencies): Promise<void> {
  const done = new AbortController()
  const timer = clock.sleep(ms, AbortSignal.any([done.signal, signal])).catch((error: unknown) => {
    if (!done.signal.aborted) throw error
  })
  try {
    await Promise.race([timer, attempt.changed()])
  } finally {
    done.abort()
  }
}

/** 401, 403, 404: the token is not, or no longer, one for this run. */
const tokenRefused: readonly number[] = [401, 403, 404]
/** 400, 413, 422: the server will never take this report as it is. */
const reportRefused: readonly number[] = [400, 413, 422]

async function send(attempt: Attempt, body: ReportBody, dependencies: ReportSenderDependencies): Promise<Sent> {
  const { connection, clock, signal, connected, lost } = dependencies
  const { runId, token, step } = attempt.work
  const report: Report = { runId, stepId: step.id, attempt: step.attempt, at: clock.now().toISOString(), body }
  const reply = await connection.report(token, report, signal)
  if (reply.kind === 'answered') {
    connected()
    return { kind: 'verdict', verdict: reply.answer }
  }
  if (reply.kind === 'refused') {
    const { status } = reply
    if (tokenRefused.includes(status)) return { kind: 'token-refused', status }
    if (reportRefused.includes(status)) return simplify(attempt, body, status, dependencies)
  }
  await clock.sleep(lost(problemOf('a report', reply)), signal)
  return { kind: 'again' }
}

/**
 * What is only told along the way is left out, and a result becomes a failure that says so. A refused failure is
 * repeated: there is nothing simpler to say.
 */
async function simplify(
  attempt: Attempt,
  body: ReportBody,
  status: number,
  { clock, signal, say, lost }: ReportSenderDependencies,
): Promise<Sent> {
  say(`the server refuses a report (${body.kind}, status ${status})`)
  if (!isEnd(body)) return { kind: 'verdict', verdict: 'accepted' }
  if (body.kind !== 'failed') attempt.replaceFinal(failure('RESULT_REFUSED', { step: attempt.work.step.type, status }))
  await clock.sleep(lost({ text: `status ${status}`, description: null }), signal)
  return { kind: 'again' }
}
