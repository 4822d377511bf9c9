import { Value } from 'typebox/value'
import { Work } from '../../protocol/messages.ts'
import { TransportError, type Answer, type Request, type Transport } from '../../runtime/transport.ts'
import { hasTriedEnough, type Retirement, type RetirementFile } from './retirement.ts'
import type { PendingResult } from './pending-result.ts'

/** Why the agent ends: its run is over, and it was to go with it. */
export class RunEnded extends Error {
  override readonly name = 'RunEnded'
}

/**
 * Whether this end is the last of a run that has sealed or delivered the machine: nothing but a power action comes after
 * those, and nothing after a power action (`tasksequences/parse`). Pure.
 */
export function isFinalReport(after: Retirement | null, end: PendingResult | null): boolean {
  return after?.kind === 'retiring' && end !== null && end.afterwards !== null && end.report.runId === after.runId
}

/**
 * The same transport; calls `over` when an agent that is to go has nothing more to wait for: the server has no work for
 * the machine, or has not been there for so long that it will not be.
 */
export function untilFinalReport(
  transport: Transport,
  retirement: RetirementFile,
  { now, over }: { now: () => Date; over: (reason: RunEnded) => void },
): Transport {
  const send = async (request: Request): Promise<Answer> => {
    try {
      const answer = await transport.send(request)
      if (saysWait(request, answer) && retirement.read()?.kind === 'retiring') over(new RunEnded('the run is over'))
      return answer
    } catch (error) {
      if (error instanceof TransportError && hasTriedEnough(retirement.read(), now())) {
        over(new RunEnded('the server has not been there for days'))
      }
      throw error
    }
  }
  return { ...transport, send }
}

function saysWait({ path }: Request, { status, body }: Answer): boolean {
  return path === '/agent/v1/work' && status === 200 && Value.Check(Work, body) && body.kind === 'wait'
}
