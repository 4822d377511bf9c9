import { describe, expect, test } from 'vitest'
import { formatBytes, formatDuration, formatMemory, formatRate } from '../../../text/quantities.ts'

describe('sizes', () => {
  test.each([
    [0, '0\u202fo', '0\u202fB'],
    [965_000, '965\u202fko', '965\u202fkB'],
    [96_400_000, '96,4\u202fMo', '96.4\u202fMB'],
    [999_999_999, '1\u202fGo', '1\u202fGB'],
    [5_412_331_520, '5,4\u202fGo', '5.4\u202fGB'],
    [27_340_000_000, '27,3\u202fGo', '27.3\u202fGB'],
    [99_960_000_000, '100\u202fGo', '100\u202fGB'],
    [500_107_862_016, '500\u202fGo', '500\u202fGB'],
    [1_500_000_000_000, '1,5\u202fTo', '1.5\u202fTB'],
    [2_500_000_000_000_000, '2\u202f500\u202fTo', '2,500\u202fTB'],
  ])('%i bytes', (bytes, french, english) => {
    expect(formatBytes(bytes, 'fr')).toBe(french)
    expect(formatBytes(bytes, 'en')).toBe(english)
  })

  test('of memory go by powers of two, as modules are sold', () => {
    expect(formatMemory(16 * 1024 ** 3, 'fr')).toBe('16\u202fGo')
    expect(formatMemory(8 * 1024 ** 3, 'en')).toBe('8\u202fGB')
  })

  test('in a second', () => {
    expect(formatRate(96_400_000, 'fr')).toBe('96,4\u202fMo/s')
    expect(formatRate(118_000_000, 'en')).toBe('118\u202fMB/s')
  })
})

describe('spans of time', () => {
  test.each([
    [-3, '0\u202fs', '0\u202fs'],
    [42, '42\u202fs', '42\u202fs'],
    [59.6, '1\u202fmin\u202f00', '1\u202fmin\u202f00'],
    [70, '1\u202fmin\u202f10', '1\u202fmin\u202f10'],
    [7500, '2\u202fh\u202f05', '2\u202fh\u202f05'],
    [100_000, '1\u202fj 3\u202fh', '1\u202fd 3\u202fh'],
  ])('%d seconds', (seconds, french, english) => {
    expect(formatDuration(seconds, 'fr')).toBe(french)
    expect(formatDuration(seconds, 'en')).toBe(english)
  })
})
