import type { Connection, Reply } from '../../runtime/connection.ts'
import { hasTriedEnough, type Retirement, type RetirementFile } from './retirement.ts'
import type { PendingResult } from './pending-result.ts'

/** Why the agent ends: its run is over, and it was to retire with it. */
export class RunEnded extends Error {
  override readonly name = 'RunEnded'
}

/**
 * Whether this result is the last of a run that has sealed or delivered the machine: nothing but a power action comes
 * after those, and nothing after a power action (`tasksequences/parse`). Pure.
 */
export function isFinalReport(retirement: Retirement | null, pending: PendingResult | null): boolean {
  return (
    retirement?.kind === 'retiring' &&
    pending !== null &&
    pending.afterwards !== null &&
    pending.report.runId === retirement.runId
  )
}

/**
 * The same connection; calls `ended` when an agent that is to retire has nothing more to wait for: the server has no
 * work for the machine, or has not been there for so long that it will not be.
 */
export function untilFinalReport(
  connection: Connection,
  retirement: Pick<RetirementFile, 'read'>,
  { now, ended }: { now: () => Date; ended: (reason: RunEnded) => void },
): Connection {
  const watched = async <Answer>(request: Promise<Reply<Answer>>): Promise<Reply<Answer>> => {
    const reply = await request
    if ((reply.kind === 'unreachable' || reply.kind === 'untrusted') && hasTriedEnough(retirement.read(), now())) {
      ended(new RunEnded('the server has not been there for days'))
    }
    return reply
  }
  return {
    ...connection,
    hello: (hello, signal) => watched(connection.hello(hello, signal)),
    report: (token, report, signal) => watched(connection.report(token, report, signal)),
    work: async (session, signal) => {
      const reply = await watched(connection.work(session, signal))
      // One with a notice is told to wait for its turn, and not that there is no work.
      const { answer } = reply.kind === 'answered' ? reply : { answer: null }
      const hasNoWork = answer?.kind === 'wait' && answer.notice === undefined
      if (hasNoWork && retirement.read()?.kind === 'retiring') ended(new RunEnded('the run is over'))
      return reply
    },
  }
}
