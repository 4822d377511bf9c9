import { describe, expect, test } from 'vitest'
import * as format from '../../../../server/dashboard/i18n/format.ts'

describe('figures', () => {
  test.each([
    [format.percent('fr', 0.419), '41\u202f%'],
    [format.percent('en', 0.999), '99%'],
    [format.percent('en', 1), '100%'],
    [format.estimate('fr', 59), '59\u202fs'],
    [format.estimate('fr', 1310), '22\u202fmin'],
    [format.estimate('fr', 3590), '1\u202fh\u202f00'],
    [format.span('fr', 20, 55), 'moins d’une minute'],
    [format.span('fr', 30, 250), '5\u202fmin au plus'],
    [format.span('en', 30, 250), 'at most 5\u202fmin'],
    [format.span('fr', 1240, 1930), '20 à 35\u202fmin'],
    [format.span('fr', 1310, 1340), '23\u202fmin'],
    [format.span('fr', 3000, 5000), '50\u202fmin à 1\u202fh\u202f25'],
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
