import { expect, test } from 'vitest'
import { isOnItsWay, stalledFor } from '../../../../server/dashboard/pages/bench/booting.ts'

const now = new Date('2026-11-26T19:00:00Z')
const ago = (seconds: number): string => new Date(now.getTime() - seconds * 1000).toISOString()

test.each([
  ['dhcp', 50, null],
  ['dhcp', 70, 70],
  ['loader', 100, null],
  ['loader', 180, 180],
  // The kernel unpacks hundreds of megabytes and asks for nothing meanwhile.
  ['root', 240, null],
  ['root', 400, 400],
] as const)('at %s, silent for %i s: stalled %j', (doing, seconds, stalled) => {
  expect(stalledFor({ doing, lastAt: ago(seconds) }, now)).toBe(stalled)
})

test('one that was refused, or whose file broke off, is not on its way', () => {
  expect(isOnItsWay({ doing: 'loader', outcome: 'ok' })).toBe(true)
  expect(isOnItsWay({ doing: 'loader', outcome: 'failed' })).toBe(false)
  expect(isOnItsWay({ doing: null, outcome: 'refused' })).toBe(false)
})
