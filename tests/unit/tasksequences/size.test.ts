import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseSize } from '../../../tasksequences/size.ts'

test.each<[string, number | null]>([
  ['8 GiB', 8 * 2 ** 30],
  ['120 GB', 120e9],
  ['120 Go', 120e9],
  ['1.5 TB', 1.5e12],
  ['1,5 To', 1.5e12],
  ['512MB', 512e6],
  [' 64 kib ', 65_536],
  ['0 B', 0],
  ['8', null],
  ['GB', null],
  ['-1 GB', null],
  ['8 XB', null],
  ['999999999999 TB', null],
  ['', null],
])('%s is %s bytes', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes)
})

test('any text is a whole number of bytes or no size', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const bytes = parseSize(text)
      return bytes === null || (Number.isSafeInteger(bytes) && bytes >= 0)
    }),
  )
})
