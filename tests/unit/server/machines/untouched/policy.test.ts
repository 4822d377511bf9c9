import { expect, test } from 'vitest'
import { surplus, usualLimits } from '../../../../../server/machines/untouched/policy.ts'

const at = new Date('2026-03-02T12:00:00Z')
const day = 24 * 3600_000
const limits = { most: 3, longestUnseenMs: 30 * day }
const seen = (id: string, daysAgo: number) => ({ id, lastSeenAt: new Date(at.getTime() - daysAgo * day) })
const absent = () => true

test.each<[string, ReturnType<typeof seen>[], (id: string) => boolean, string[]]>([
  ['none', [], absent, []],
  ['few, seen lately', [seen('a', 1), seen('b', 2), seen('c', 29)], absent, []],
  ['few, some unseen for too long', [seen('a', 1), seen('b', 31), seen('c', 40)], absent, ['c', 'b']],
  [
    'too many: those unseen longest',
    [seen('a', 1), seen('b', 4), seen('c', 2), seen('d', 3), seen('e', 0)],
    absent,
    ['b', 'd'],
  ],
  [
    'too many, of which one is there',
    [seen('a', 1), seen('b', 4), seen('c', 2), seen('d', 3)],
    (id) => id !== 'b',
    ['d'],
  ],
  ['unseen for too long by its last hello, and there', [seen('a', 60)], () => false, []],
])('%s', (_, untouched, isAbsent, forgotten) => {
  expect(surplus(untouched, { at, isAbsent, limits })).toEqual(forgotten)
})

test('a delivery of PCs that were only looked at is kept for weeks', () => {
  const delivery = Array.from({ length: 400 }, (_, index) => seen(String(index), 29))
  expect(surplus(delivery, { at, isAbsent: absent, limits: usualLimits })).toEqual([])
})
