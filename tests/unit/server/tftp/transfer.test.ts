import { describe, expect, test } from 'vitest'
import { backoff } from '../../../../server/tftp/retransmission.ts'
import { ackedBytes, begin, isSilent, lastBlock, next } from '../../../../server/tftp/transfer.ts'
import type { Effect, Transfer, TransferEvent, TransferPlan } from '../../../../server/tftp/transfer.ts'

const WAIT_MS = 100
const retransmission = backoff({ firstMs: WAIT_MS, factor: 2, longestMs: 400, attempts: 4 })
const LOCK_STEP: TransferPlan = {
  sizeBytes: 5 * 512 + 10,
  blockBytes: 512,
  windowBlocks: 1,
  acknowledgesOptions: true,
  retransmission,
}
const WINDOWS: TransferPlan = { ...LOCK_STEP, windowBlocks: 4, sizeBytes: 20 * 512 }

const ack = (block: number): TransferEvent => ({ type: 'ack', block })
const blocks = (first: number, last: number): Effect => ({ do: 'send-blocks', first, count: last - first + 1 })
const timeout: TransferEvent = { type: 'timeout' }

/** Feeds events one after the other, `msBetween` apart, and keeps what was done. */
function run(plan: TransferPlan, events: readonly TransferEvent[], msBetween = 1) {
  let now = 0
  let [state, effects] = begin(plan, now)
  const all = [...effects]
  for (const event of events) {
    now = event.type === 'timeout' && state.phase !== 'ended' ? state.deadlineMs : now + msBetween
    ;[state, effects] = next(state, event, now)
    all.push(...effects)
  }
  return { state, effects, all, now }
}

function outcome(state: Transfer) {
  return state.phase === 'ended' ? state.outcome : `still ${state.phase}`
}

describe('the last block', () => {
  test.each([
    [0, 512, 1, 'of an empty file is the only one, empty'],
    [511, 512, 1, 'is the only one of a small file'],
    [512, 512, 2, 'is empty when the size is a multiple of the block'],
    [513, 512, 2, 'holds the rest'],
    [65535 * 512, 512, 65536, 'may be block 0 on the wire'],
  ])('of %i bytes in blocks of %i is %i: it %s', (sizeBytes, blockBytes, expected) => {
    expect(lastBlock({ ...LOCK_STEP, sizeBytes, blockBytes })).toBe(expected)
  })
})

describe('opening', () => {
  test('offers the options and sends the first block when block 0 is acknowledged', () => {
    const { all } = run(LOCK_STEP, [ack(0)])
    expect(all).toEqual([{ do: 'send-oack' }, blocks(1, 1)])
  })
  test('sends at once when there are no options to agree on', () => {
    expect(run({ ...LOCK_STEP, acknowledgesOptions: false }, []).all).toEqual([blocks(1, 1)])
  })
  test('repeats the OACK when nothing comes back, and counts it', () => {
    const { all, state } = run(LOCK_STEP, [timeout, timeout])
    expect(all).toEqual([{ do: 'send-oack' }, { do: 'send-oack' }, { do: 'send-oack' }])
    expect(state).toMatchObject({ phase: 'offered', retransmits: 2 })
  })
  test('repeats the OACK when the client repeats its request, but not once the client has answered', () => {
    expect(run(LOCK_STEP, [{ type: 'request-repeated' }]).effects).toEqual([{ do: 'send-oack' }])
    expect(run(LOCK_STEP, [ack(0), { type: 'request-repeated' }]).effects).toEqual([])
  })
  test('takes no other ACK for an answer to the OACK', () => {
    expect(run(LOCK_STEP, [ack(1)]).state.phase).toBe('offered')
  })
})

describe('lock step', () => {
  test('sends each block once and ends with the ACK of the last', () => {
    const { all, state } = run(LOCK_STEP, [0, 1, 2, 3, 4, 5, 6].map(ack))
    expect(all.slice(1)).toEqual([1, 2, 3, 4, 5, 6].map((block) => blocks(block, block)))
    expect(state).toEqual({ phase: 'ended', outcome: { result: 'completed' }, ackedBytes: 2570, retransmits: 0 })
  })
  test('never answers a repeated ACK: the sorcerer’s apprentice stays asleep (RFC 1123 §4.2.3.1)', () => {
    const { all } = run(LOCK_STEP, [0, 1, 1, 1, 2, 1, 2, 0].map(ack))
    expect(all.slice(1)).toEqual([blocks(1, 1), blocks(2, 2), blocks(3, 3)])
  })
  test('ignores an ACK of what was never sent', () => {
    expect(run(LOCK_STEP, [ack(0), ack(2)]).effects).toEqual([])
    expect(run(LOCK_STEP, [ack(0), ack(65535)]).effects).toEqual([])
  })
  test('repeats the block that is not acknowledged', () => {
    const { all, state } = run(LOCK_STEP, [ack(0), ack(1), timeout])
    expect(all.slice(1)).toEqual([blocks(1, 1), blocks(2, 2), blocks(2, 2)])
    expect(state).toMatchObject({ retransmits: 1 })
  })
})

describe('windows (RFC 7440)', () => {
  test('sends a window, waits for its ACK, and sends the next', () => {
    const { all } = run(WINDOWS, [0, 4, 8].map(ack))
    expect(all.slice(1)).toEqual([blocks(1, 4), blocks(5, 8), blocks(9, 12)])
  })
  test('ends the last window with the file, an empty block included', () => {
    const { effects, state } = run(WINDOWS, [0, 4, 8, 12, 16, 20].map(ack))
    expect(effects).toEqual([blocks(21, 21)])
    expect(outcome(next(state, ack(21), 9)[0])).toEqual({ result: 'completed' })
  })
  test('goes on behind any block of the window: the client lost the next one', () => {
    const { effects, state } = run(WINDOWS, [ack(0), ack(2)])
    expect(effects).toEqual([blocks(3, 6)])
    expect(state).toMatchObject({ retransmits: 2 })
  })
  test('goes back when an ACK is repeated: the client lost the first block of the window', () => {
    expect(run(WINDOWS, [ack(0), ack(4), ack(4)]).effects).toEqual([blocks(5, 8)])
  })
  test('goes back only once, however often the ACK is repeated within the time of a window', () => {
    const { state: gone, effects, now } = run(WINDOWS, [0, 4, 4].map(ack), 1)
    expect(effects).toEqual([blocks(5, 8)])
    for (const later of [0.1, 0.2, 0.5, 0.9]) expect(next(gone, ack(4), now + later)).toEqual([gone, []])
  })
  test('does not send everything twice for ever after one repeated ACK', () => {
    // A client that had block 4 repeats its ACK at each block it sees twice.
    const { all } = run(WINDOWS, [0, 4, 4, 8, 8, 12, 16, 20, 21].map(ack), 0.1)
    expect(all.slice(1)).toEqual([
      blocks(1, 4),
      blocks(5, 8),
      blocks(5, 8),
      blocks(9, 12),
      blocks(13, 16),
      blocks(17, 20),
      blocks(21, 21),
    ])
  })
  test('lets the window grow, but repeats nothing, on an ACK that repetition may have caused', () => {
    // ACK 6 makes it go back to 7; ACK 8 then answers blocks that were on the wire twice.
    const { all } = run(WINDOWS, [0, 4, 6, 8].map(ack))
    expect(all.slice(1)).toEqual([blocks(1, 4), blocks(5, 8), blocks(7, 10), blocks(11, 12)])
  })
  test('believes a repeated ACK again when more time than a window takes has passed', () => {
    const { state, now } = run(WINDOWS, [0, 4, 4].map(ack), 1)
    const [, soon] = next(state, ack(4), now + 0.5)
    const [, later] = next(state, ack(4), now + 20)
    expect([soon, later]).toEqual([[], [blocks(5, 8)]])
  })
  test('a repeated ACK does not prolong patience: a client that says nothing else is given up', () => {
    let { state, now } = run(WINDOWS, [0, 4].map(ack))
    for (let i = 0; i < 2000 && state.phase !== 'ended'; i += 1) {
      now += 1
      state = next(state, ack(4), now)[0]
      state = next(state, timeout, now)[0]
    }
    expect(outcome(state)).toMatchObject({ result: 'failed', reason: 'timed-out' })
  })
  test('ignores an ACK from before the window', () => {
    expect(run(WINDOWS, [0, 4, 8, 5].map(ack)).effects).toEqual([])
  })
})

test('block numbers go on after 65535 with 0, in a window across the border too', () => {
  const plan = { ...WINDOWS, blockBytes: 8, sizeBytes: 8 * 200_000, windowBlocks: 64 }
  let [state] = begin(plan, 0)
  let sent = 0
  let now = 0
  state = next(state, ack(0), now)[0]
  while (state.phase === 'sending') {
    sent += state.sent - state.acked
    now += 1
    state = next(state, ack(state.sent & 0xffff), now)[0]
  }
  expect(outcome(state)).toEqual({ result: 'completed' })
  expect(sent).toBe(200_001)
})

describe('silence', () => {
  test('waits longer each time and gives up', () => {
    const { state, now } = run(LOCK_STEP, [ack(0), ack(1), timeout, timeout, timeout, timeout])
    expect(outcome(state)).toEqual({ result: 'failed', reason: 'timed-out', detail: '' })
    expect(now).toBe(2 + 100 + 200 + 400 + 400)
    expect(state).toMatchObject({ ackedBytes: 512, retransmits: 3 })
  })
  test('starts its patience anew at each step forward', () => {
    const { state } = run(LOCK_STEP, [ack(0), timeout, timeout, ack(1)])
    expect(state).toMatchObject({ attempt: 0 })
  })
  test('does nothing when a timer fires before the deadline', () => {
    const [state] = begin(LOCK_STEP, 0)
    expect(next(state, timeout, WAIT_MS - 1)).toEqual([state, []])
  })
  test('waits the interval the client negotiated', () => {
    const [state] = begin({ ...LOCK_STEP, timeoutMs: 3000 }, 0)
    expect(state).toMatchObject({ deadlineMs: 3000 })
  })
  test('says that the whole file went out when only the last ACK is missing', () => {
    const events = [...[0, 1, 2, 3, 4, 5].map(ack), timeout, timeout, timeout, timeout]
    expect(outcome(run(LOCK_STEP, events).state)).toMatchObject({ result: 'failed', reason: 'unconfirmed' })
  })
  test('tells a client that starts over from one that is busy', () => {
    const busy = run(LOCK_STEP, [ack(0), ack(1)])
    expect(isSilent(busy.state)).toBe(false)
    expect(isSilent(run(LOCK_STEP, [ack(0), ack(1), timeout]).state)).toBe(true)
    expect(isSilent(run(LOCK_STEP, [timeout]).state)).toBe(false)
  })
})

describe('errors of the client', () => {
  test.each([
    [8, 'User aborted the transfer', 'EDK2'],
    [0, 'TFTP Aborted', 'older PXE ROMs'],
  ])('ERROR %i after the OACK is a normal end: %s only asked the size (%s)', (code, message) => {
    const { state, effects } = run(LOCK_STEP, [{ type: 'error', code, message }])
    expect(outcome(state)).toEqual({ result: 'aborted', reason: `ERROR ${code} ${message}` })
    expect(effects).toEqual([])
  })
  test('ERROR 8 later is the client’s own wish as well', () => {
    expect(outcome(run(LOCK_STEP, [ack(0), ack(1), { type: 'error', code: 8, message: '' }]).state)).toMatchObject({
      result: 'aborted',
    })
  })
  test('another ERROR in the middle is a failure with the client’s words', () => {
    const { state } = run(LOCK_STEP, [ack(0), ack(1), { type: 'error', code: 3, message: 'Disk full' }])
    expect(outcome(state)).toEqual({ result: 'failed', reason: 'client-error', detail: 'ERROR 3 Disk full' })
    expect(ackedBytes(state)).toBe(512)
  })
  test('a new request from the same port ends the transfer without a word', () => {
    const { state, effects } = run(LOCK_STEP, [ack(0), { type: 'request-replaced' }])
    expect(outcome(state)).toMatchObject({ result: 'aborted' })
    expect(effects).toEqual([])
  })
})

describe('errors of ours are told to the client', () => {
  test.each<[TransferEvent, string]>([
    [{ type: 'unreadable', detail: 'EIO' }, 'unreadable'],
    [{ type: 'stop' }, 'stopped'],
  ])('%j', (event, reason) => {
    const { state, effects } = run(LOCK_STEP, [ack(0), event])
    expect(outcome(state)).toMatchObject({ result: 'failed', reason })
    expect(effects).toEqual([{ do: 'send-error', to: 'client', code: 0, message: expect.any(String) }])
  })
})

test('a stranger gets ERROR 5 and the transfer goes on; also after the end (RFC 1350 §4)', () => {
  const from = { address: '10.0.0.9', port: 999 }
  const stranger: TransferEvent = { type: 'stranger', from }
  const refusal = { do: 'send-error', to: from, code: 5, message: 'Unknown transfer ID' }
  const { state, effects } = run(LOCK_STEP, [ack(0), stranger])
  expect(effects).toEqual([refusal])
  expect(next(state, ack(1), 5)[1]).toEqual([blocks(2, 2)])
  expect(run(LOCK_STEP, [{ type: 'stop' }, stranger]).effects).toEqual([refusal])
})

test('nothing happens any more once it has ended', () => {
  const { state } = run(LOCK_STEP, [{ type: 'stop' }])
  const events: TransferEvent[] = [
    ack(0),
    timeout,
    { type: 'request-repeated' },
    { type: 'error', code: 1, message: '' },
  ]
  for (const event of events) expect(next(state, event, 1e6)).toEqual([state, []])
})
