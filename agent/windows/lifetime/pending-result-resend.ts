import { Value } from 'typebox/value'
import { backoffMs } from '../../runtime/backoff.ts'
import type { Clock } from '../../runtime/clock.ts'
import { ReportAnswer } from '../../protocol/messages.ts'
import { TransportError, type Transport } from '../../runtime/transport.ts'
import type { PendingResult } from './pending-result.ts'

export type ResendDependencies = {
  transport: Transport
  clock: Clock
  signal: AbortSignal
  /** Between two tries; 10 s when it is not said. */
  longestPauseMs?: number
  say(text: string): void
}

const reportSilenceMs = 20_000

/**
 * Sends an end found on the disk until the server has answered it, before any hello: with the hello of a new start the
 * server gives up the attempt that the end belongs to. `other`: the run has moved on without it, or the token is dead.
 */
export async function resendPendingResult(
  end: PendingResult,
  dependencies: ResendDependencies,
): Promise<'accepted' | 'other'> {
  const { transport, clock, signal, longestPauseMs, say } = dependencies
  say(`sending the end of ${end.report.stepId} again`)
  for (let tries = 0; ; tries += 1) {
    try {
      const { status, body } = await transport.send({
        method: 'POST',
        path: '/agent/v1/reports',
        bearer: end.token,
        body: end.report,
        silenceMs: reportSilenceMs,
        signal,
      })
      if (status === 200 && Value.Check(ReportAnswer, body)) return body.verdict === 'accepted' ? 'accepted' : 'other'
      if (status >= 400 && status < 500) return 'other'
      say(`it was answered with status ${status}`)
    } catch (error) {
      if (!(error instanceof TransportError)) throw error
      if (tries % 20 === 0) say(`cannot reach the server: ${error.message}`)
    }
    await clock.sleep(backoffMs(tries, longestPauseMs), signal)
  }
}
