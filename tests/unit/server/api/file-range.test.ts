import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decideRange } from '../../../../server/api/file-range.ts'

const file = { sizeBytes: 1000, etag: 'abc', mtime: new Date('2026-11-23T10:00:00.500Z') }
const when = 'Mon, 23 Nov 2026 10:00:00 GMT'

describe('a request for a file', () => {
  test.each([
    ['no condition', {}, { status: 200 }],
    ['the first bytes', { range: 'bytes=0-99' }, { status: 206, start: 0, end: 99 }],
    ['from the middle on', { range: 'bytes=500-' }, { status: 206, start: 500, end: 999 }],
    ['the last bytes', { range: 'bytes=-10' }, { status: 206, start: 990, end: 999 }],
    ['more last bytes than there are', { range: 'bytes=-5000' }, { status: 206, start: 0, end: 999 }],
    ['beyond the end', { range: 'bytes=900-5000' }, { status: 206, start: 900, end: 999 }],
    ['after the end', { range: 'bytes=1000-' }, { status: 416 }],
    ['no last bytes', { range: 'bytes=-0' }, { status: 416 }],
    ['backwards', { range: 'bytes=9-3' }, { status: 200 }],
    ['several ranges', { range: 'bytes=0-1,5-6' }, { status: 200 }],
    ['another unit', { range: 'lines=1-2' }, { status: 200 }],
    ['nonsense', { range: 'bytes=-' }, { status: 200 }],
    ['a known tag', { 'if-none-match': '"abc"' }, { status: 304 }],
    ['a known weak tag among others', { 'if-none-match': '"x", W/"abc"' }, { status: 304 }],
    ['any tag', { 'if-none-match': '*' }, { status: 304 }],
    ['a stale tag, whatever the date', { 'if-none-match': '"x"', 'if-modified-since': when }, { status: 200 }],
    ['not modified since', { 'if-modified-since': when }, { status: 304 }],
    ['modified since', { 'if-modified-since': 'Mon, 23 Nov 2026 09:59:59 GMT' }, { status: 200 }],
    ['a date nobody can read', { 'if-modified-since': 'yesterday' }, { status: 200 }],
    ['a range of the right tag', { range: 'bytes=1-2', 'if-range': '"abc"' }, { status: 206, start: 1, end: 2 }],
    ['a range of a stale tag', { range: 'bytes=1-2', 'if-range': '"old"' }, { status: 200 }],
    ['a range of a weak tag', { range: 'bytes=1-2', 'if-range': 'W/"abc"' }, { status: 200 }],
    ['a range of the right date', { range: 'bytes=1-2', 'if-range': when }, { status: 206, start: 1, end: 2 }],
    ['a range of another date', { range: 'bytes=1-2', 'if-range': 'Mon, 23 Nov 2026 10:00:01 GMT' }, { status: 200 }],
    ['only the file I know', { 'if-match': '"abc"' }, { status: 200 }],
    ['only the file I knew', { 'if-match': '"old"' }, { status: 412 }],
  ])('%s: %j', (_what, headers, expected) => {
    expect(decideRange(headers, file)).toEqual(expected)
  })

  test('never gets bytes that are not there', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^bytes=\d{0,5}-\d{0,5}$/)),
        fc.nat(3000),
        (range, sizeBytes) => {
          const decision = decideRange({ range }, { ...file, sizeBytes })
          if (decision.status !== 206) return
          expect(decision.start).toBeGreaterThanOrEqual(0)
          expect(decision.end).toBeGreaterThanOrEqual(decision.start)
          expect(decision.end).toBeLessThan(sizeBytes)
        },
      ),
    )
  })
})
