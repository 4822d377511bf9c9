import { Value } from 'typebox/value'
import { isEnd, Report } from '../../protocol/messages.ts'
import { StepError, type Step, type Steps, type StepContext } from '../../runtime/step.ts'
import type { Request, Transport } from '../../runtime/transport.ts'
import type { PendingResult, PendingResultFile } from './pending-result.ts'

/** The same steps, each one's end on the disk before the runner hears of it. A cancelled step leaves none. */
export function keepResults(steps: Steps, ends: PendingResultFile): Steps {
  return new Map([...steps].map(([type, step]): [string, Step] => [type, remembering(step, ends)]))
}

function remembering(step: Step, ends: PendingResultFile): Step {
  return async (context) => {
    try {
      const outcome = await step(context)
      if ('continueWith' in outcome) {
        ends.write(endOf(context, { kind: 'continues', memory: outcome.continueWith }, 'restart'))
      } else {
        ends.write(endOf(context, { kind: 'done', result: outcome.result }, outcome.afterwards ?? null))
      }
      return outcome
    } catch (error) {
      if (error instanceof StepError && !context.signal.aborted) {
        ends.write(endOf(context, { kind: 'failed', failure: error.failure }, null))
      }
      throw error
    }
  }
}

function endOf(
  { work, clock }: StepContext,
  body: PendingResult['report']['body'],
  afterwards: PendingResult['afterwards'],
): PendingResult {
  const { runId, step, token } = work
  const at = clock.now().toISOString()
  return { token, report: { runId, stepId: step.id, attempt: step.attempt, at, body }, afterwards }
}

/**
 * The same transport; an end that the server has taken goes off the disk, and one sent with a newer token is kept with
 * that one. An end after which the machine leaves stays until it does, for whoever starts next to see to it. One that
 * was refused stays too: should the agent be killed now, the server says so again.
 */
export function forgetAcceptedResult(transport: Transport, ends: PendingResultFile): Transport {
  return {
    ...transport,
    send: async (request) => {
      const kept = reportsEnd(request) ? ends.read() : null
      if (kept !== null && request.bearer !== undefined && request.bearer !== kept.token) {
        ends.write({ ...kept, token: request.bearer })
      }
      const answer = await transport.send(request)
      if (kept !== null && kept.afterwards === null && answer.status === 200) ends.remove()
      return answer
    },
  }
}

function reportsEnd({ path, body }: Request): boolean {
  return path === '/agent/v1/reports' && Value.Check(Report, body) && isEnd(body.body)
}
