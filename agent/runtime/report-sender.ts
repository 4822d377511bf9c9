import { Value } from 'typebox/value'
import type { Attempt } from './attempt.ts'
import type { Clock } from './clock.ts'
import { failure } from '../protocol/failures/failures.ts'
import { isEnd, ReportAnswer, type ReportBody, type Report } from '../protocol/messages.ts'
import { TransportError, type Transport } from './transport.ts'

export type ReportSenderDependencies = {
  transport: Transport
  clock: Clock
  signal: AbortSignal
  say(text: string): void
  connected(): void
  /** Tells the loss and gives the pause before the next try. */
  lost(problem: string): number
}

export type SendingEnd =
  /** The attempt's end is in the server's books. */
  | { kind: 'accepted' }
  /** The run goes on without it; the step has been stopped. */
  | { kind: 'dropped' }
  /** The token is no longer good; the step goes on, ask for work (401: say hello) to learn what it is now. */
  | { kind: 'refused'; status: number }

const reportSilenceMs = 20_000

/** Reports of a running attempt until its end is accepted: each one repeated until the server has taken it. */
export async function deliver(attempt: Attempt, dependencies: ReportSenderDependencies): Promise<SendingEnd> {
  for (;;) {
    const now = attempt.next()
    if (now.kind === 'wait') {
      await waitFor(attempt, now.ms, dependencies)
      continue
    }
    const verdict = await send(attempt, now.body, dependencies)
    switch (verdict) {
      case 'accepted':
        attempt.accepted(now.body)
        if (isEnd(now.body)) return { kind: 'accepted' }
        break
      case 'stale':
      case 'cancel':
        dependencies.say(`${attempt.work.step.type}: the server says ${verdict}`)
        await attempt.stop(verdict)
        return { kind: 'dropped' }
      case 'again':
        break
      default:
        return { kind: 'refused', status: verdict }
    }
  }
}

async function waitFor(attempt: Attempt, ms: number, dependencies: ReportSenderDependencies): Promise<void> {
  const done = new AbortController()
  const signal = AbortSignal.any([done.signal, dependencies.signal])
  const timer = dependencies.clock.sleep(ms, signal).catch((error: unknown) => {
    if (!done.signal.aborted) throw error
  })
  try {
    await Promise.race([timer, attempt.changed()])
  } finally {
    done.abort()
  }
}

/** The verdict; `again` after a pause when nothing was decided; a status when the token was refused. */
async function send(
  attempt: Attempt,
  body: ReportBody,
  dependencies: ReportSenderDependencies,
): Promise<ReportAnswer['verdict'] | 'again' | number> {
  const { runId, token, step } = attempt.work
  const report: Report = {
    runId,
    stepId: step.id,
    attempt: step.attempt,
    at: dependencies.clock.now().toISOString(),
    body,
  }
  const path = '/agent/v1/reports'
  try {
    const answer = await dependencies.transport.send({
      method: 'POST',
      path,
      bearer: token,
      body: report,
      silenceMs: reportSilenceMs,
      signal: dependencies.signal,
    })
    if (answer.status === 200 && Value.Check(ReportAnswer, answer.body)) {
      dependencies.connected()
      return answer.body.verdict
    }
    if ([401, 403, 404].includes(answer.status)) return answer.status
    if (answer.status === 400 || answer.status === 413 || answer.status === 422)
      return refuse(attempt, body, answer.status, dependencies)
    throw new TransportError(`a report was answered with status ${answer.status}`)
  } catch (error) {
    if (!(error instanceof TransportError)) throw error
    await dependencies.clock.sleep(dependencies.lost(error.message), dependencies.signal)
    return 'again'
  }
}

/**
 * The server will never take this report as it is: what is only told along the way is left out, and a result becomes a
 * failure that says so. A refused failure is repeated: there is nothing simpler to say.
 */
async function refuse(
  attempt: Attempt,
  body: ReportBody,
  status: number,
  dependencies: ReportSenderDependencies,
): Promise<'accepted' | 'again'> {
  dependencies.say(`the server refuses a report (${body.kind}, status ${status})`)
  if (body.kind === 'progress' || body.kind === 'log' || body.kind === 'started') return 'accepted'
  if (body.kind !== 'failed') attempt.replaceFinal(failure('RESULT_REFUSED', { step: attempt.work.step.type, status }))
  await dependencies.clock.sleep(dependencies.lost(`status ${status}`), dependencies.signal)
  return 'again'
}
