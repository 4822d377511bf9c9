import { backoffMs } from '../../runtime/backoff.ts'
import type { Clock } from '../../runtime/clock.ts'
import { problemOf, type Connection } from '../../runtime/connection.ts'
import type { PendingResult } from './pending-result.ts'

export type ResendDependencies = {
  connection: Pick<Connection, 'report'>
  clock: Clock
  signal: AbortSignal
  /** Between two tries; 10 s by default. */
  longestPauseMs?: number
  say(text: string): void
}

/** Of many failures in a row, one in so many is logged again. */
const sayEvery = 20

/**
 * Sends a result found on the disk until the server has answered it, before any hello: with the hello of a new start the
 * server gives up the attempt that the result belongs to. `other`: the run has moved on without it, or the token is dead.
 */
export async function resendPendingResult(
  { report, token }: PendingResult,
  { connection, clock, signal, longestPauseMs, say }: ResendDependencies,
): Promise<'accepted' | 'other'> {
  say(`sending the result of ${report.stepId} again`)
  for (let tries = 0; ; tries += 1) {
    const reply = await connection.report(token, report, signal)
    if (reply.kind === 'answered') return reply.answer === 'accepted' ? 'accepted' : 'other'
    if (reply.kind === 'refused' && reply.status >= 400 && reply.status < 500) return 'other'
    if (tries % sayEvery === 0) say(`the server has not taken it: ${problemOf('the result', reply).text}`)
    await clock.sleep(backoffMs(tries, longestPauseMs), signal)
  }
}
