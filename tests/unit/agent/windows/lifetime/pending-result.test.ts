import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { failure } from '../../../../../agent/protocol/failures/failures.ts'
import { StepError, type Step } from '../../../../../agent/runtime/step.ts'
import { openConnection, type Connection } from '../../../../../agent/runtime/connection.ts'
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
const file: PendingResultFile = {
  read: () => kept,
  write: (pending) => {
    kept = pending
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
const pending: PendingResult = { token: 'token-1', report, afterwards: null }

describe('the result of a step is on the disk before anyone hears of it', () => {
  const run = async (step: Step): Promise<unknown> => {
    const context = windowsContext(windowsWork('one'), recordedExec([]).exec)
    return keepResults(new Map([['one', step]]), file).get('one')?.(context)
  }

  test('a result, and what the machine does after it', async () => {
    await run(() => Promise.resolve({ result: { code: 0 }, afterwards: 'restart' }))
    expect(kept).toEqual({ ...pending, afterwards: 'restart' })
  })

  test('what a step that goes on over a restart has to remember', async () => {
    const outcome = await run(() => Promise.resolve({ continueWith: { pass: 1 } }))
    expect(outcome).toEqual({ continueWith: { pass: 1 } })
    const body = { kind: 'continues', memory: { pass: 1 } }
    expect(kept).toEqual({ ...pending, report: { ...report, body }, afterwards: 'restart' })
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

describe('the machine goes down because of a result found at the start', () => {
  const goesDown: PendingResult = { ...pending, afterwards: 'restart' }
  const before = new Date('2026-11-23T09:00:00Z')
  const since = new Date('2026-11-23T10:01:00Z')
  test.each([
    ['it was killed before it could', goesDown, 'accepted', before, 'restart'],
    ['it has restarted since', goesDown, 'accepted', since, null],
    ['the run has moved on', goesDown, 'other', before, null],
    ['nothing was to follow', pending, 'accepted', before, null],
  ] as const)('%s', (_name, found, verdict, startedAt, powerAction) => {
    expect(powerActionAfter(found, verdict, startedAt)).toBe(powerAction)
  })
})

describe('towards the server', () => {
  let server: FakeServer
  let transport: Transport
  let connection: Connection
  const stop = new AbortController()
  const clock = {
    ...{ now: () => new Date(), elapsedMs: () => performance.now() },
    sleep: () => new Promise<void>((resolve) => setTimeout(resolve, 5)),
  }
  beforeEach(async () => {
    server = await startFakeServer()
    transport = openTransport(server)
    connection = openConnection(transport)
  })
  afterEach(async () => {
    transport.close()
    await server.die()
  })

  const send = (afterwards: PendingResult['afterwards'], bearer = 'token-1') => {
    kept = { ...pending, afterwards }
    return forgetAcceptedResult(connection, file).report(bearer, report, stop.signal)
  }

  test('an accepted result is forgotten', async () => {
    await send(null)
    expect(kept).toBeNull()
  })

  test('one after which the machine goes down is kept until it has', async () => {
    await send('restart')
    expect(kept).toMatchObject({ afterwards: 'restart' })
  })

  test('one that goes on over a restart is kept until the machine has gone down, for whoever starts in between', async () => {
    kept = {
      ...pending,
      report: { ...report, body: { kind: 'continues', memory: { pass: 1 } } },
      afterwards: 'restart',
    }
    await forgetAcceptedResult(connection, file).report('token-1', kept.report, stop.signal)
    expect(kept).toMatchObject({ report: { body: { kind: 'continues' } }, afterwards: 'restart' })
  })

  test('one the server refuses is kept, with the token it was last sent with', async () => {
    server.verdict = () => 401
    await send(null, 'token-2')
    expect(kept).toEqual({ ...pending, token: 'token-2' })
  })

  test.each([
    ['accepted', 'accepted', 'accepted'],
    ['stale', 'stale', 'other'],
    [404, 'a dead token', 'other'],
  ] as const)('found at the start, it is sent again until it is answered: %s', async (verdict, _name, said) => {
    let accidents = 2
    server.verdict = () => (accidents-- > 0 ? 503 : verdict)
    expect(await resendPendingResult(pending, { connection, clock, signal: stop.signal, say: () => undefined })).toBe(
      said,
    )
  })
})
