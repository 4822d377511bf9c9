import { expect, test } from 'vitest'
import { contentRange, rangeFrom, startOf } from '../../../../agent/protocol/byte-range.ts'
import { decideRange } from '../../../../server/api/file-range.ts'

test('what the agent asks for, the server reads; what the server answers, the agent reads', () => {
  const file = { sizeBytes: 100, etag: 'x', mtime: new Date(0) }
  const decision = decideRange({ range: rangeFrom(7) }, file)
  expect(decision).toEqual({ status: 206, start: 7, end: 99 })
  expect(startOf(contentRange(7, 99, 100))).toBe(7)
})

test.each([undefined, '', 'bytes */100', 'bytes=7-', 'items 7-99/100'])('%s does not say where it begins', (header) => {
  expect(startOf(header)).toBeNull()
})
