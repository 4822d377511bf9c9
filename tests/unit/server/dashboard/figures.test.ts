import { describe, expect, test } from 'vitest'
import * as format from '../../../../server/dashboard/i18n/format.ts'

describe('figures', () => {
  test.each([
    [format.bytes('fr', 500_107_862_016), '500\u202fGo'],
    [format.bytes('en', 5_412_331_520), '5.4\u202fGB'],
    [format.bytes('fr', 999_999_999), '1\u202fGo'],
    [format.bytes('fr', 0), '0\u202fo'],
    [format.bytes('fr', 965_000), '965\u202fko'],
    [format.memory('fr', 16 * 1024 ** 3), '16\u202fGo'],
    [format.memory('en', 8 * 1024 ** 3), '8\u202fGB'],
    [format.rate('fr', 96_400_000), '96,4\u202fMo/s'],
    [format.percent('fr', 0.419), '41\u202f%'],
    [format.percent('en', 0.999), '99%'],
    [format.percent('en', 1), '100%'],
    [format.duration('fr', 42), '42\u202fs'],
    [format.duration('fr', 70), '1\u202fmin\u202f10'],
    [format.duration('fr', 7500), '2\u202fh\u202f05'],
    [format.duration('fr', 100_000), '1\u202fj 3\u202fh'],
    [format.duration('en', 100_000), '1\u202fd 3\u202fh'],
    [format.estimate('fr', 59), '59\u202fs'],
    [format.estimate('fr', 1310), '22\u202fmin'],
    [format.estimate('fr', 3590), '1\u202fh\u202f00'],
  ])('reads %s', (written, wanted) => {
    expect(written).toBe(wanted)
  })

  const now = new Date('2026-11-23T12:00:00Z')
  test.each([
    [2, 'à l’instant', 'just now'],
    [12, 'il y a 12', '12 sec'],
    [200, 'il y a 3', '3 min'],
    [7300, 'il y a 2', '2 h'],
    [200_000, 'il y a 2', '2 days ago'],
  ])('%i seconds ago', (seconds, french, english) => {
    const then = new Date(now.getTime() - seconds * 1000)
    expect(format.ago('fr', then, now).startsWith(french)).toBe(true)
    expect(format.ago('en', then, now).startsWith(english)).toBe(true)
  })
})
