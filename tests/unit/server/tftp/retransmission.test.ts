import { expect, test } from 'vitest'
import { backoff, DEFAULT_BACKOFF } from '../../../../server/tftp/retransmission.ts'

const policy = backoff({ firstMs: 100, factor: 2, longestMs: 500, attempts: 5 })

test('waits twice as long each time, up to the longest wait, then gives up', () => {
  const waits = [0, 1, 2, 3, 4, 5].map((attempt) => policy({ attempt, timeoutMs: undefined }))
  expect(waits).toEqual([100, 200, 400, 500, 500, 'give-up'])
})

test('keeps the interval the client asked for, and gives up all the same', () => {
  const waits = [0, 1, 4, 5].map((attempt) => policy({ attempt, timeoutMs: 3000 }))
  expect(waits).toEqual([3000, 3000, 3000, 'give-up'])
})

test('forgets a machine that was switched off within half a minute, not within ten seconds', () => {
  const patient = backoff(DEFAULT_BACKOFF)
  let total = 0
  for (let attempt = 0; ; attempt += 1) {
    const wait = patient({ attempt, timeoutMs: undefined })
    if (wait === 'give-up') break
    total += wait
  }
  expect(total).toBeGreaterThan(10_000)
  expect(total).toBeLessThan(30_000)
})
