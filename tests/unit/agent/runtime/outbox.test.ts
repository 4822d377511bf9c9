import { describe, expect, test } from 'vitest'
import {
  accepted,
  defaultPace,
  emptyOutbox,
  next,
  withFinal,
  withLine,
  withProgress,
  type Outbox,
} from '../../../../agent/runtime/outbox.ts'
import type { LogLine } from '../../../../agent/protocol/messages.ts'

const line = (text: string): LogLine => ({ at: '2026-01-01T00:00:00Z', level: 'output', text })
const started: Outbox = accepted(emptyOutbox, { kind: 'started' }, 0)
const at = (outbox: Outbox, ms: number) => next(outbox, ms, defaultPace)

describe('outbox of an attempt', () => {
  test('says first that the step has begun', () => {
    expect(at(withFinal(emptyOutbox, { kind: 'done', result: {} }), 0)).toEqual({
      kind: 'send',
      body: { kind: 'started' },
    })
  })

  test('lets lines wait for company, then numbers them', () => {
    const two = withLine(withLine(started, line('a'), 100), line('b'), 200)
    expect(at(two, 300)).toEqual({ kind: 'wait', ms: 200 })
    const sent = at(two, 500)
    expect(sent).toEqual({ kind: 'send', body: { kind: 'log', from: 0, lines: [line('a'), line('b')] } })
    const later = withLine(two, line('c'), 510)
    if (sent.kind !== 'send') throw new Error('expected a report')
    expect(at(accepted(later, sent.body, 520), 1000)).toEqual({
      kind: 'send',
      body: { kind: 'log', from: 2, lines: [line('c')] },
    })
  })

  test('sends at most 500 lines at once, and those without waiting', () => {
    let full = started
    for (let index = 0; index < 700; index += 1) full = withLine(full, line(String(index)), 0)
    const sent = at(full, 0)
    expect(sent).toMatchObject({ kind: 'send', body: { kind: 'log', from: 0 } })
    if (sent.kind !== 'send' || sent.body.kind !== 'log') throw new Error('expected lines')
    expect(sent.body.lines).toHaveLength(500)
  })

  test('sends progress once a second, only the latest', () => {
    const half = withProgress(withProgress(started, { fraction: 0.1 }), { fraction: 0.5 })
    expect(at(half, 400)).toEqual({ kind: 'wait', ms: 600 })
    expect(at(half, 1000)).toEqual({ kind: 'send', body: { kind: 'progress', progress: { fraction: 0.5 } } })
  })

  test('keeps progress that came while an older one was on its way', () => {
    const [older, newer] = [{ fraction: 0.1 }, { fraction: 0.2 }]
    const meanwhile = withProgress(withProgress(started, older), newer)
    expect(accepted(meanwhile, { kind: 'progress', progress: older }, 1000).progressChanged).toBe(true)
    expect(accepted(meanwhile, { kind: 'progress', progress: newer }, 1000).progressChanged).toBe(false)
  })

  test('gives a sign of life every five seconds when nothing changes', () => {
    expect(at(started, 1000)).toEqual({ kind: 'wait', ms: 4000 })
    expect(at(started, 5000)).toEqual({ kind: 'send', body: { kind: 'progress', progress: { fraction: null } } })
  })

  test('sends the end at once, but after every line', () => {
    const done = withFinal(withLine(started, line('last words'), 10), { kind: 'done', result: { a: 1 } })
    const first = at(done, 10)
    expect(first).toMatchObject({ body: { kind: 'log' } })
    if (first.kind !== 'send') throw new Error('expected a report')
    expect(at(accepted(done, first.body, 11), 11)).toEqual({ kind: 'send', body: { kind: 'done', result: { a: 1 } } })
  })

  test('does not grow for ever while the server is away', () => {
    let long = started
    for (let index = 0; index < 50_010; index += 10_000)
      long = { ...long, lines: Array.from({ length: 50_000 }, () => line('x')) }
    long = withLine(withLine(long, line('one more'), 0), line('two more'), 0)
    expect(long.lines).toHaveLength(50_001)
    expect(long.lines.at(-1)?.text).toContain('lost')
  })
})
