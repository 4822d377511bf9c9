import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseWimlibProgress, splitLines } from '../../../../images/wim/wimlib-progress.ts'

test.each([
  [
    'Archiving file data: 32 KiB of 7877 KiB (0%) done',
    { task: 'Archiving file data', unit: 'bytes', done: 32_768, total: 8_066_048, fraction: 32 / 7877 },
  ],
  [
    'Extracting file data: 3 GiB of 15 GiB (23%) done',
    { task: 'Extracting file data', unit: 'bytes', done: 3 * 1024 ** 3, total: 15 * 1024 ** 3, fraction: 0.23 },
  ],
  [
    'Calculating integrity table for WIM: 54 bytes of 54 bytes (100%) done',
    { task: 'Calculating integrity table for WIM', unit: 'bytes', done: 54, total: 54, fraction: 1 },
  ],
  [
    'Verifying integrity of "/srv/a: b.wim": 0 KiB of 3261 KiB (0%) done',
    { task: 'Verifying integrity of "/srv/a: b.wim"', unit: 'bytes', done: 0, total: 3261 * 1024, fraction: 0 },
  ],
  [
    'Creating files: 4000 of 16000 (25%) done',
    { task: 'Creating files', unit: 'items', done: 4000, total: 16_000, fraction: 0.25 },
  ],
])('reads %s', (line, expected) => {
  expect(parseWimlibProgress(line)).toEqual(expected)
})

test.each(['Using LZX compression with 2 threads', 'Done applying WIM image.', '', '[WARNING] x: 1 of'])(
  'is no progress: %s',
  (line) => {
    expect(parseWimlibProgress(line)).toBeUndefined()
  },
)

test('cuts lines the same however the output was broken up', () => {
  const output = 'Using LZX\n\rArchiving: 1\rArchiving: 2\r\nend\n'
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: output.length })), (cuts) => {
      const places = [0, ...cuts.toSorted((a, b) => a - b), output.length]
      let carry = ''
      const lines: string[] = []
      places.slice(1).forEach((end, place) => {
        const cut = splitLines(carry, output.slice(places[place], end))
        carry = cut.carry
        lines.push(...cut.lines)
      })
      expect(lines).toEqual(['Using LZX', 'Archiving: 1', 'Archiving: 2', 'end'])
      expect(carry).toBe('')
    }),
  )
})
