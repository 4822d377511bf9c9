import { Value } from 'typebox/value'
import { Work } from '../../protocol/messages.ts'
import { TransportError, type Answer, type Request, type Transport } from '../../runtime/transport.ts'
import { hasTriedEnough, type AfterRun, type AfterRunFile } from './retirement.ts'
import type { PendingEnd } from './pending-result.ts'

/** Why the agent ends: its run is over, and it was to go with it. */
export class RunOver extends Error {
  override readonly name = 'RunOver'
}

/**
 * Whether this end is the last of a run that has sealed or delivered the machine: nothing but a departure comes after
 * those, and nothing after a departure (`tasksequences/parse`). Pure.
 */
export function isLastWord(after: AfterRun | null, end: PendingEnd | null): boolean {
  return after?.kind === 'leaving' && end !== null && end.afterwards !== null && end.report.runId === after.runId
}

/**
 * The same transport; calls `over` when an agent that is to go has nothing more to wait for: the server has no work for
 * the machine, or has not been there for so long that it will not be.
 */
export function untilLastWord(
  transport: Transport,
  afterRun: AfterRunFile,
  { now, over }: { now: () => Date; over: (reason: RunOver) => void },
): Transport {
  const send = async (request: Request): Promise<Answer> => {
    try {
      const answer = await transport.send(request)
      if (saysWait(request, answer) && afterRun.read()?.kind === 'leaving') over(new RunOver('the run is over'))
      return answer
    } catch (error) {
      if (error instanceof TransportError && hasTriedEnough(afterRun.read(), now())) {
        over(new RunOver('the server has not been there for days'))
      }
      throw error
    }
  }
  return { ...transport, send }
}

function saysWait({ path }: Request, { status, body }: Answer): boolean {
  return path === '/agent/v1/work' && status === 200 && Value.Check(Work, body) && body.kind === 'wait'
}
