import { expect, test } from 'vitest'
import { secondsLeft } from '../../../../../server/deployments/timing/time-left.ts'
import type { Run } from '../../../../../server/deployments/run/run.ts'
import type { StepStatus } from '../../../../../server/deployments/run/step-status.ts'
import { after, newRun, noon } from '../sample.ts'

const durations = [
  { type: 'check-hardware', seconds: 10 },
  { type: 'apply-image', seconds: 300 },
  { type: 'apply-image', seconds: 9000 },
  { type: 'apply-image', seconds: 320 },
]

function withStep(index: number, status: StepStatus): Run {
  const run = newRun()
  return { ...run, steps: run.steps.map((step) => (step.index === index ? { ...step, status } : step)) }
}

test('sums the usual time of the steps to come, one slow evening not counting', () => {
  expect(secondsLeft(newRun(), durations, noon)).toBe(330)
})

test('takes a running step’s own word before the usual time', () => {
  const run = withStep(2, {
    kind: 'running',
    startedAt: noon,
    heardAt: noon,
    progress: { fraction: 0.5, secondsLeft: 77 },
  })
  expect(secondsLeft(run, durations, noon)).toBe(87)
})

test('takes off what has passed of a running step, never below nothing', () => {
  const run = withStep(2, { kind: 'running', startedAt: noon, heardAt: noon, progress: null })
  expect(secondsLeft(run, durations, after(100))).toBe(230)
  expect(secondsLeft(run, durations, after(9999))).toBe(10)
})

test('says nothing when nothing is known', () => {
  expect(secondsLeft(newRun(), [], noon)).toBeNull()
})
