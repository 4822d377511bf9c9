import { expect, test } from 'vitest'
import { createFirstHellos } from '../../../../server/api/agent/first-hellos.ts'

test('so many machines nobody knows come in at once, then one in a while, wherever they speak from', () => {
  let nowMs = 0
  const hellos = createFirstHellos({ nowMs: () => nowMs, most: 3, refillMs: 2000 })
  const ordinary = 12_000
  expect([1, 2, 3, 4].map(() => hellos.admit(ordinary))).toEqual([0, 0, 0, 2])
  nowMs = 1000
  expect(hellos.admit(ordinary)).toBe(1)
  nowMs = 2000
  expect(hellos.admit(ordinary)).toBe(0)
})

test('a hello of the largest size costs as much as sixteen', () => {
  const hellos = createFirstHellos({ nowMs: () => 0, most: 20, refillMs: 2000 })
  expect(hellos.admit(256 * 1024)).toBe(0)
  expect([1, 2, 3, 4].map(() => hellos.admit(1))).toEqual([0, 0, 0, 0])
  expect(hellos.admit(1)).toBe(2)
})
