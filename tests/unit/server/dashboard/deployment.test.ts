import { describe, expect, test } from 'vitest'
import { elapsedSeconds, segmentsOf, stepFraction, stepSeconds } from '../../../../server/dashboard/state/deployment.ts'
import { steps } from '../../../dashboard/seed.ts'
import { busyWorkshop } from '../../../dashboard/workshop.ts'

const [run] = busyWorkshop().deployments
if (run === undefined) throw new Error('the seed is empty')
const [step] = run.steps
if (step === undefined) throw new Error('the run has no step')
const now = new Date('2026-11-23T12:00:00Z')
const before = (seconds: number): string => new Date(now.getTime() - seconds * 1000).toISOString()

test.each([
  ['pending', null, 0],
  ['running', null, null],
  ['running', { fraction: 0.4 }, 0.4],
  ['done', null, 1],
  ['skipped', null, 1],
  ['failed', { fraction: 0.7 }, 0.7],
  ['failed', null, 1],
] as const)('a step that is %s with progress %o is drawn so far', (state, progress, fraction) => {
  expect(stepFraction({ ...step, state, progress })).toBe(fraction)
})

describe('a run', () => {
  test('is drawn with a segment for each step, none too thin to see', () => {
    const segments = segmentsOf(steps(2, 'running'))
    expect(segments.map((segment) => segment.state).slice(0, 4)).toEqual(['done', 'done', 'running', 'pending'])
    expect(Math.min(...segments.map((segment) => segment.weight))).toBe(0.02)
  })

  test('counts its time until its end', () => {
    expect(elapsedSeconds({ ...run, startedAt: null, endedAt: null }, now)).toBeNull()
    expect(elapsedSeconds({ ...run, startedAt: before(90), endedAt: null }, now)).toBe(90)
    expect(elapsedSeconds({ ...run, startedAt: before(90), endedAt: before(30) }, now)).toBe(60)
    expect(stepSeconds({ ...step, startedAt: before(5), endedAt: null }, now)).toBe(5)
  })
})
