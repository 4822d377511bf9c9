import { isEnd } from '../../protocol/messages.ts'
import type { Connection } from '../../runtime/connection.ts'
import { StepError, type Step, type Steps, type StepContext } from '../../runtime/step.ts'
import type { PendingResult, PendingResultFile } from './pending-result.ts'

/** The same steps, each one's result on the disk before the runner hears of it. A cancelled step leaves none. */
export function keepResults(steps: Steps, file: PendingResultFile): Steps {
  return new Map([...steps].map(([type, step]): [string, Step] => [type, keeping(step, file)]))
}

function keeping(step: Step, file: PendingResultFile): Step {
  return async (context) => {
    try {
      const outcome = await step(context)
      if ('continueWith' in outcome) {
        file.write(pendingOf(context, { kind: 'continues', memory: outcome.continueWith }, 'restart'))
      } else {
        file.write(pendingOf(context, { kind: 'done', result: outcome.result }, outcome.afterwards ?? null))
      }
      return outcome
    } catch (error) {
      if (error instanceof StepError && !context.signal.aborted) {
        file.write(pendingOf(context, { kind: 'failed', failure: error.failure }, null))
      }
      throw error
    }
  }
}

function pendingOf(
  { work, clock }: StepContext,
  body: PendingResult['report']['body'],
  afterwards: PendingResult['afterwards'],
): PendingResult {
  const { runId, step, token } = work
  const at = clock.now().toISOString()
  return { token, report: { runId, stepId: step.id, attempt: step.attempt, at, body }, afterwards }
}

/**
 * The same connection; a result that the server has taken goes off the disk, and one sent with a newer token is kept with
 * that one. A result after which the machine goes down stays until it does, for whoever starts next to see to it. One
 * that was refused stays too: should the agent be killed now, the server says so again.
 */
export function forgetAcceptedResult(connection: Connection, file: PendingResultFile): Connection {
  return {
    ...connection,
    report: async (token, report, signal) => {
      const kept = isEnd(report.body) ? file.read() : null
      if (kept !== null && token !== kept.token) file.write({ ...kept, token })
      const reply = await connection.report(token, report, signal)
      if (kept !== null && kept.afterwards === null && reply.kind === 'answered') file.remove()
      return reply
    },
  }
}
