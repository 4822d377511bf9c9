import { describe, expect, test } from 'vitest'
import { timeLeft, type StepDuration } from '../../../../../server/deployments/timing/time-left.ts'
import { durationsOf, windowsSetupOf, type TimedStep } from '../../../../../server/deployments/timing/windows-setup.ts'
import { usualTime } from '../../../../../server/deployments/timing/usual-time.ts'
import type { Progress } from '../../../../../agent/protocol/messages.ts'
import type { Run } from '../../../../../server/deployments/run/run.ts'
import type { StepStatus } from '../../../../../server/deployments/run/step-status.ts'
import { after, newRun, noon } from '../sample.ts'

const source = `
name: NUC
environment:
  - check-hardware: { memoryAtLeast: 8 GiB }
  - partition-disk: { disk: only }
  - apply-image: {}
  - prepare-windows: {}
  - write-boot-files: {}
  - restart: {}
windows:
  - windows-update: {}
`
const four = (type: string, seconds: number): StepDuration[] => Array.from({ length: 4 }, () => ({ type, seconds }))
const known = [
  ...four('check-hardware', 10),
  ...four('partition-disk', 5),
  ...four('apply-image', 100),
  ...four('prepare-windows', 5),
  ...four('write-boot-files', 5),
  ...four('restart', 5),
  ...four('windows-setup', 106),
  ...[60, 300].map((seconds) => ({ type: 'windows-update', seconds })),
]
const withoutUpdates = { least: 236, most: 236 }

function withSteps(change: (index: number) => StepStatus | null): Run {
  const run = newRun(source)
  const steps = run.steps.map((step) => ({ ...step, status: change(step.index) ?? step.status }))
  return { ...run, state: { kind: 'running', step: 0 }, steps }
}

function atStep(index: number, status: StepStatus): Run {
  return withSteps((at) => (at === index ? status : null))
}

const running = (startedAt = noon, progress: Progress | null = null): StepStatus => ({
  ...{ kind: 'running', heardAt: noon },
  startedAt,
  progress,
})
const done = (from: number, to: number): StepStatus => ({
  ...{ kind: 'done', result: {} },
  startedAt: after(from),
  endedAt: after(to),
})

describe('the time a run still needs', () => {
  test('counts Windows’ own setup like a step, and is a range by what updates took', () => {
    expect(timeLeft(newRun(source), known, noon)).toEqual({
      least: withoutUpdates.least + 60,
      most: withoutUpdates.most + 300,
    })
  })

  test('is not said as soon as one step to come has never been seen on this model', () => {
    for (const type of ['windows-setup', 'windows-update', 'restart'])
      expect(
        timeLeft(
          newRun(source),
          known.filter((one) => one.type !== type),
          noon,
        ),
        type,
      ).toBeNull()
    expect(timeLeft(newRun(source), [], noon)).toBeNull()
  })

  test('believes a step’s own word only once it has seen enough of its work', () => {
    const early = atStep(2, running(noon, { fraction: 0.01, secondsLeft: 20 }))
    const later = atStep(2, running(noon, { fraction: 0.5, secondsLeft: 77 }))
    expect(timeLeft(early, known, noon)).toEqual({ least: 296, most: 536 })
    expect(timeLeft(later, known, noon)).toEqual({ least: 273, most: 513 })
    const written = atStep(2, running(noon, { fraction: 1 }))
    expect(timeLeft(written, known, noon)).toEqual({ least: 196, most: 436 })
  })

  test('takes off what has passed of a running step, and falls silent when it is over and the step is not', () => {
    const run = atStep(2, running())
    expect(timeLeft(run, known, after(40))).toEqual({ least: 256, most: 496 })
    expect(timeLeft(run, known, after(101))).toBeNull()
  })

  test('takes off what has passed of Windows’ setup, until Windows speaks', () => {
    const run = withSteps((index) => (index < 6 ? done(index * 10, index * 10 + 10) : null))
    expect(timeLeft(run, known, after(60))).toEqual({ least: 166, most: 406 })
    expect(timeLeft(run, known, after(100))).toEqual({ least: 126, most: 366 })
    expect(timeLeft(run, known, after(200))).toBeNull()
    const inWindows = withSteps((index) => (index < 6 ? done(0, 60) : running(after(160))))
    expect(timeLeft(inWindows, known, after(160))).toEqual({ least: 60, most: 300 })
  })

  test('is not said while a person has to do something first', () => {
    const run: Run = { ...newRun(source), state: { kind: 'attention', step: 2, failure: { code: 'X', params: {} } } }
    expect(timeLeft(run, known, noon)).toBeNull()
  })
})

describe('what is usual', () => {
  test.each([
    ['of many, the middle half: one slow evening does not count', 'apply-image', [300, 320, 9000, 310], 310, 320],
    ['of three, around the middle one', 'apply-image', [300, 9000, 320], 256, 400],
    ['of one, a fourth more or less', 'apply-image', [100], 80, 125],
    ['updates: everything that was seen', 'windows-update', [60, 900, 1500, 400, 300], 60, 1500],
    ['updates seen once: half or double', 'windows-update', [600], 300, 1200],
  ])('%s', (_, type, seen, least, most) => expect(usualTime(type, seen)).toEqual({ least, most }))

  test('is nothing when nothing was seen', () => expect(usualTime('apply-image', [])).toBeNull())
})

describe('Windows’ own setup', () => {
  test('lies between the environment’s last word and Windows’ first, so that the rows add up to the whole', () => {
    const run = withSteps((index) => (index < 6 ? done(index * 20, index * 20 + 20) : done(226, 336)))
    expect(windowsSetupOf(run)).toEqual({ startedAt: after(120), endedAt: after(226) })
    expect(windowsSetupOf(withSteps((index) => (index < 6 ? done(0, 120) : null)))).toEqual({
      startedAt: after(120),
      endedAt: null,
    })
    expect(windowsSetupOf(newRun(source))).toBeNull()
  })

  test('is learned from runs that have both halves, in their order', () => {
    const step = (runId: string, phase: TimedStep['phase'], from: number, to: number): TimedStep => ({
      ...{ runId, phase, type: phase === 'windows' ? 'verify' : 'restart' },
      startedAt: after(from),
      endedAt: after(to),
    })
    const timed = [
      ...[step('a', 'windows', 300, 310), step('a', 'windows', 226, 240), step('a', 'environment', 100, 120)],
      // Taken up again from before Windows.
      ...[step('b', 'environment', 500, 510), step('b', 'windows', 100, 110)],
      // Its other half is further back than was read.
      step('c', 'windows', 100, 110),
    ]
    expect(durationsOf(timed).filter(({ type }) => type === 'windows-setup')).toEqual([
      { type: 'windows-setup', seconds: 106 },
    ])
    expect(durationsOf(timed)[0]).toEqual({ type: 'verify', seconds: 10 })
  })
})
