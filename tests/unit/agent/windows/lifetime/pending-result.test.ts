import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { failure } from '../../../../../agent/protocol/failures/failures.ts'
import { StepError, type Step } from '../../../../../agent/runtime/step.ts'
import { openTransport, type Transport } from '../../../../../agent/runtime/transport.ts'
import {
  powerActionAfter,
  parsePendingResult,
  type PendingResult,
  type PendingResultFile,
} from '../../../../../agent/windows/lifetime/pending-result.ts'
import { resendPendingResult } from '../../../../../agent/windows/lifetime/pending-result-resend.ts'
import { forgetAcceptedResult, keepResults } from '../../../../../agent/windows/lifetime/kept-results.ts'
import { startFakeServer, type FakeServer } from '../../fake-server.ts'
import { recordedExec, windowsContext, windowsWork } from '../programs.ts'

let kept: PendingResult | null
const ends: PendingResultFile = {
  read: () => kept,
  write: (end) => {
    kept = end
  },
  remove: () => {
    kept = null
  },
}
beforeEach(() => {
  kept = null
})

const report: PendingResult['report'] = {
  runId: 'r1',
  stepId: 'windows-0',
  attempt: 1,
  at: '2026-11-23T10:00:00.000Z',
  body: { kind: 'done', result: { code: 0 } },
}
const end: PendingResult = { token: 'token-1', report, afterwards: null }

describe('the end of a step is on the disk before anyone hears of it', () => {
  const run = async (step: Step): Promise<unknown> => {
    const context = windowsContext(windowsWork('one'), recordedExec([]).exec)
    return keepResults(new Map([['one', step]]), ends).get('one')?.(context)
  }

  test('a result, and what the machine does after it', async () => {
    await run(() => Promise.resolve({ result: { code: 0 }, afterwards: 'restart' }))
    expect(kept).toEqual({ ...end, afterwards: 'restart' })
  })

  test('what a step that goes on over a restart has to remember', async () => {
    const outcome = await run(() => Promise.resolve({ continueWith: { pass: 1 } }))
    expect(outcome).toEqual({ continueWith: { pass: 1 } })
    const body = { kind: 'continues', memory: { pass: 1 } }
    expect(kept).toEqual({ ...end, report: { ...report, body }, afterwards: 'restart' })
    expect(parsePendingResult(JSON.stringify(kept))).toEqual(kept)
  })

  test('a failure with words', async () => {
    await run(() => Promise.reject(new StepError(failure('DISK_NONE', {})))).catch(() => undefined)
    expect(kept?.report.body).toMatchObject({ kind: 'failed', failure: { code: 'DISK_NONE' } })
  })

  test('not one of a cancelled step', async () => {
    const attempt = run((context) => {
      if ('stop' in context && context.stop instanceof AbortController) context.stop.abort(new Error('cancelled'))
      return Promise.reject(new StepError(failure('DISK_NONE', {})))
    })
    await expect(attempt).rejects.toThrow('DISK_NONE')
    expect(kept).toBeNull()
  })
})

test.each([
  ['cut off', '{"token":"t"'],
  ['of another shape', '{"token":"t","report":{}}'],
])('a file %s is as good as none', (_name, text) => {
  expect(parsePendingResult(text)).toBeNull()
})

describe('the machine leaves because of an end found at the start', () => {
  const leaving: PendingResult = { ...end, afterwards: 'restart' }
  const before = new Date('2026-11-23T09:00:00Z')
  const since = new Date('2026-11-23T10:01:00Z')
  test.each([
    ['it was killed before it could', leaving, 'accepted', before, 'restart'],
    ['it has restarted since', leaving, 'accepted', since, null],
    ['the run has moved on', leaving, 'other', before, null],
    ['nothing was to follow', end, 'accepted', before, null],
  ] as const)('%s', (_name, found, verdict, startedAt, powerAction) => {
    expect(powerActionAfter(found, verdict, startedAt)).toBe(powerAction)
  })
})

describe('towards the server', () => {
  let server: FakeServer
  let transport: Transport
  const stop = new AbortController()
  const clock = { now: () => new Date(), sleep: () => new Promise<void>((resolve) => setTimeout(resolve, 5)) }
  beforeEach(async () => {
    server = await startFakeServer()
    transport = openTransport(server.url)
  })
  afterEach(async () => {
    transport.close()
    await server.die()
  })

  const send = (afterwards: PendingResult['afterwards'], bearer = 'token-1') => {
    kept = { ...end, afterwards }
    const request = { method: 'POST', path: '/agent/v1/reports', bearer, body: report, silenceMs: 5000 } as const
    return forgetAcceptedResult(transport, ends).send({ ...request, signal: stop.signal })
  }

  test('an accepted end is forgotten', async () => {
    await send(null)
    expect(kept).toBeNull()
  })

  test('one after which the machine leaves is kept until it has left', async () => {
    await send('restart')
    expect(kept).toMatchObject({ afterwards: 'restart' })
  })

  test('one that goes on over a restart is kept until the machine has left, for whoever starts in between', async () => {
    kept = { ...end, report: { ...report, body: { kind: 'continues', memory: { pass: 1 } } }, afterwards: 'restart' }
    const request = { method: 'POST', path: '/agent/v1/reports', bearer: 'token-1', silenceMs: 5000 } as const
    await forgetAcceptedResult(transport, ends).send({ ...request, body: kept.report, signal: stop.signal })
    expect(kept).toMatchObject({ report: { body: { kind: 'continues' } }, afterwards: 'restart' })
  })

  test('one the server refuses is kept, with the token it was last sent with', async () => {
    server.verdict = () => 401
    await send(null, 'token-2')
    expect(kept).toEqual({ ...end, token: 'token-2' })
  })

  test.each([
    ['accepted', 'accepted', 'accepted'],
    ['stale', 'stale', 'other'],
    [404, 'a dead token', 'other'],
  ] as const)('found at the start, it is sent again until it is answered: %s', async (verdict, _name, said) => {
    let accidents = 2
    server.verdict = () => (accidents-- > 0 ? 503 : verdict)
    expect(await resendPendingResult(end, { transport, clock, signal: stop.signal, say: () => undefined })).toBe(said)
  })
})
