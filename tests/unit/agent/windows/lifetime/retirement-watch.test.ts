import { beforeEach, describe, expect, test } from 'vitest'
import { openRetirementWatch, type RetirementWatch } from '../../../../../agent/windows/lifetime/retirement-watch.ts'
import type { Retirement } from '../../../../../agent/windows/lifetime/retirement.ts'

const dayMs = 24 * 3600_000
let file: Retirement | null
let clockMs: number
let runningMs: number
let writes: number

const start = (): RetirementWatch => {
  const kept = {
    read: () => file,
    write: (after: Retirement) => {
      writes += 1
      file = after
    },
  }
  return openRetirementWatch(kept, { now: () => new Date(clockMs), runningMs: () => runningMs })
}
/** Lets time pass for clock and machine alike. */
const pass = (days: number): void => {
  clockMs += days * dayMs
  runningMs += days * dayMs
}
const sleepDays = (days: number): void => {
  const waited = { seen: new Date(clockMs).toISOString(), ms: 0 }
  file = { kind: 'kept', account: 'Utilisateur', asleepForDays: days, waited }
}
beforeEach(() => {
  clockMs = Date.parse('2026-11-26T10:00:00Z')
  runningMs = 5000
  writes = 0
  sleepDays(10)
})

describe('an agent that sleeps', () => {
  test('counts the time the machine was off', () => {
    expect(start().isOver()).toBe(false)
    pass(9.9)
    expect(start().isOver()).toBe(false)
    pass(0.2)
    expect(start().isOver()).toBe(true)
  })

  test('counts the time it ran, however often the clock is set back', () => {
    const watch = start()
    for (let day = 0; day < 10; day += 1) {
      expect(watch.isOver()).toBe(false)
      pass(1)
      clockMs -= 30 * dayMs
    }
    expect(watch.isOver()).toBe(false)
    pass(1)
    expect(watch.isOver()).toBe(true)
  })

  test('and set back from start to start, for as long as it ran each time', () => {
    for (let count = 0; count < 11; count += 1) {
      const watch = start()
      expect(watch.isOver()).toBe(false)
      pass(0.95)
      watch.isOver()
      clockMs -= 5 * dayMs
    }
    expect(start().isOver()).toBe(true)
  })

  test('is not over because a clock was put right while it ran', () => {
    clockMs = Date.parse('2000-01-01T00:00:00Z')
    sleepDays(10)
    const watch = start()
    expect(watch.isOver()).toBe(false)
    clockMs = Date.parse('2026-11-26T10:00:00Z')
    runningMs += 3600_000
    expect(watch.isOver()).toBe(false)
    expect(start().isOver()).toBe(false)
  })

  test('sleeps from the beginning once it has been at work', () => {
    const watch = start()
    pass(9)
    expect(watch.isOver()).toBe(false)
    watch.awake()
    pass(9)
    expect(watch.isOver()).toBe(false)
    pass(1.1)
    expect(watch.isOver()).toBe(true)
  })

  test('asked every 25 seconds, it writes its file every ten minutes', () => {
    const watch = start()
    for (let count = 0; count < 24 * 6; count += 1) {
      pass(25 / 86_400)
      watch.isOver()
    }
    expect(writes).toBe(1 + 5)
  })

  test('of an older version sleeps for the usual time from now on', () => {
    file = { kind: 'kept', account: null }
    expect(start().isOver()).toBe(false)
    pass(179)
    expect(start().isOver()).toBe(false)
    pass(2)
    expect(start().isOver()).toBe(true)
  })

  test('a date that is none decides nothing', () => {
    file = { kind: 'kept', account: null, waited: { seen: 'yesterday', ms: 0 } }
    expect(start().isOver()).toBe(false)
  })
})

test('an agent that retires gives up after a week, a clock set back or not', () => {
  file = { kind: 'retiring', runId: 'r1', since: new Date(clockMs).toISOString(), result: {} }
  const watch = start()
  pass(6)
  expect(watch.isOver()).toBe(false)
  clockMs -= 365 * dayMs
  pass(1.1)
  expect(watch.isOver()).toBe(true)
})

test('during a run there is nothing to count', () => {
  file = null
  const watch = start()
  pass(400)
  expect([watch.isOver(), writes]).toEqual([false, 0])
})
