import type { Connection, Reply } from '../../runtime/connection.ts'
import type { Retirement, RetirementFile } from './retirement.ts'
import type { RetirementWatch } from './retirement-watch.ts'
import type { PendingResult } from './pending-result.ts'

/** Why the agent ends: its run is over, and it was to retire with it. */
export class RunEnded extends Error {
  override readonly name = 'RunEnded'
}

/** Why an agent that was kept ends without having been asked for anything. */
export const sleptEnough = 'it has slept for its time'

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
 * work for the machine, or has not been there for so long that it will not be; and when one that sleeps has slept enough.
 */
export function untilFinalReport(
  connection: Connection,
  retirement: Pick<RetirementFile, 'read'>,
  { watch, ended }: { watch: RetirementWatch; ended: (reason: RunEnded) => void },
): Connection {
  const isLost = ({ kind }: Reply<unknown>): boolean => kind === 'unreachable' || kind === 'untrusted'
  const watched = async <Answer>(request: Promise<Reply<Answer>>): Promise<Reply<Answer>> => {
    const reply = await request
    if (isLost(reply) && retirement.read()?.kind === 'retiring' && watch.isOver()) {
      ended(new RunEnded('the server has not been there for days'))
    }
    return reply
  }
  const sleepsOn = (): void => {
    if (retirement.read()?.kind === 'kept' && watch.isOver()) ended(new RunEnded(sleptEnough))
  }
  return {
    ...connection,
    hello: async (hello, signal) => {
      const reply = await watched(connection.hello(hello, signal))
      if (reply.kind !== 'answered') sleepsOn()
      return reply
    },
    report: (token, report, signal) => watched(connection.report(token, report, signal)),
    work: async (session, signal) => {
      const reply = await watched(connection.work(session, signal))
      // One with a notice is told to wait for its turn, and not that there is no work.
      const { answer } = reply.kind === 'answered' ? reply : { answer: null }
      const hasNoWork = answer?.kind === 'wait' && answer.notice === undefined
      if (answer?.kind === 'step') watch.awake()
      if (hasNoWork || answer === null) sleepsOn()
      if (hasNoWork && retirement.read()?.kind === 'retiring') ended(new RunEnded('the run is over'))
      return reply
    },
  }
}
