import { describe, expect, test } from 'vitest'
import type { RunEvent } from '../../../../../server/deployments/run/event.ts'
import { next } from '../../../../../server/deployments/run/next.ts'
import { currentStep } from '../../../../../server/deployments/run/progression.ts'
import type { Run } from '../../../../../server/deployments/run/run.ts'
import { workOf } from '../../../../../server/deployments/serving/work.ts'
import { after, newRun } from '../sample.ts'
import {
  again,
  cancelled,
  continues,
  damaged,
  doneSteps,
  failed,
  lost,
  moves,
  says,
  served,
  started,
  tell,
} from '../run-events.ts'

const source = `
name: X
environment:
  - restart: {}
windows:
  - windows-update: {}
    retries: 1
  - shut-down: {}
`
/** In Windows, updates just begun. */
const updating = tell(newRun(source), ...doneSteps(1), served, says('windows-1', started, 1, after(10))).run
const step = (run: Run) => run.steps[1]
const restarts = (attempt: number, memory = { pass: attempt }): RunEvent[] => [
  says('windows-1', continues(memory), attempt, after(20)),
  lost,
  served,
  says('windows-1', started, attempt + 1, after(30)),
]

describe('a step that restarts the machine', () => {
  const told = tell(updating, says('windows-1', continues({ pass: 1, failed: ['KB1'] }), 1, after(20)))

  test('says so first, and the run waits for it', () => {
    expect(told.verdicts).toEqual(['accepted'])
    expect(told.run.state).toEqual({ kind: 'running', step: 1 })
    expect(step(told.run)).toMatchObject({
      ...{ restarts: 1, interruptions: 0, attempt: 1 },
      status: { kind: 'restarting', heardAt: after(20) },
    })
    expect(moves(told)).toEqual([])
  })

  test('goes on with what it laid down, as a new attempt and no interruption', () => {
    const { run } = tell(told.run, lost)
    expect(step(run)).toMatchObject({
      ...{ attempt: 2, interruptions: 0, restarts: 1 },
      status: { kind: 'interrupted', startedAt: after(10), heardAt: after(20) },
    })
    expect(workOf(run, 'windows')).toMatchObject({
      step: { type: 'windows-update', attempt: 2, memory: { pass: 1, failed: ['KB1'] } },
    })
  })

  test('has taken all the time since its first start, restarts and all', () => {
    const { run } = tell(updating, ...restarts(1), says('windows-1', { kind: 'done', result: {} }, 2, after(900)))
    expect(step(run)?.status).toMatchObject({ kind: 'done', startedAt: after(10), endedAt: after(900) })
  })

  test('may say it twice, when the first answer was lost', () => {
    const repeated = next(told.run, says('windows-1', continues({ pass: 1, failed: ['KB1'] })))
    expect(repeated).toEqual({ kind: 'taken', run: told.run, verdict: 'accepted', effects: [], change: 'none' })
  })

  test('and says it once more after the machine has started: that was told already', () => {
    const { run } = tell(told.run, lost, served)
    expect(next(run, says('windows-1', continues(), 1))).toMatchObject({ verdict: 'stale', change: 'none' })
  })

  test('does not begin again in the same start of the machine: the restart is still to be done', () => {
    expect(workOf(told.run, 'windows')).toEqual({ kind: 'restart' })
  })

  test('may do so without "started" before it', () => {
    const { run } = tell(newRun(source), ...doneSteps(1), served, says('windows-1', continues()))
    expect(step(run)).toMatchObject({ restarts: 1, status: { kind: 'restarting' } })
  })

  test('that a person has cancelled meanwhile is told so', () => {
    const { run } = tell(updating, cancelled)
    expect(next(run, says('windows-1', continues()))).toMatchObject({ verdict: 'cancel' })
    expect(step(tell(told.run, cancelled).run)).toMatchObject({ status: { kind: 'failed' } })
  })
})

describe('its memory', () => {
  test('outlives a restart that was not announced, which counts as an interruption', () => {
    const { run } = tell(updating, ...restarts(1), lost)
    expect(step(run)).toMatchObject({ attempt: 3, interruptions: 1, restarts: 1, memory: { pass: 1 } })
    expect(workOf(run, 'windows')).toMatchObject({ step: { memory: { pass: 1 } } })
  })

  test('is what it laid down last', () => {
    const { run } = tell(updating, ...restarts(1), ...restarts(2))
    expect(step(run)).toMatchObject({ restarts: 2, memory: { pass: 2 }, attempt: 3, interruptions: 0 })
  })

  test('is forgotten when a person says "again"', () => {
    const stopped = tell(
      ...([updating, ...restarts(1)] as const),
      says('windows-1', failed(damaged), 2),
      says('windows-1', failed(damaged), 3),
    ).run
    expect(stopped.state.kind).toBe('attention')
    expect(step(tell(stopped, again()).run)).toMatchObject({ memory: {}, restarts: 0, status: { kind: 'pending' } })
  })

  test('is forgotten when the step is tried again by itself', () => {
    const { run } = tell(updating, ...restarts(1), says('windows-1', failed(damaged), 2))
    expect(step(run)).toMatchObject({ memory: {}, restarts: 0, retried: 1, attempt: 3 })
    expect(currentStep(run)?.id).toBe('windows-1')
  })
})

test('thirty restarts are many; one more wants a person, and is not blamed on the power supply', () => {
  const all = Array.from({ length: 30 }, (_, index) => restarts(index + 1)).flat()
  const { run } = tell(updating, ...all)
  expect(step(run)).toMatchObject({ restarts: 30, interruptions: 0, attempt: 31 })
  const end = tell(run, ...restarts(31))
  expect(end.run.state).toMatchObject({
    kind: 'attention',
    failure: { code: 'STEP_RESTARTS_WITHOUT_END', params: { step: 'windows-update', times: 31 } },
  })
  expect(workOf(end.run, 'windows')).toMatchObject({ message: { fr: expect.stringContaining('31 redémarrages') } })
})
