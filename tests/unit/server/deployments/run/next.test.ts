import { describe, expect, test } from 'vitest'
import type { RunEvent, StepReport, Verdict } from '../../../../../server/deployments/run/event.ts'
import { next } from '../../../../../server/deployments/run/next.ts'
import type { Run } from '../../../../../server/deployments/run/run.ts'
import { workOf } from '../../../../../server/deployments/serving/work.ts'
import { after, newRun } from '../sample.ts'
import {
  again,
  cancelled,
  damaged,
  done,
  doneSteps,
  failed,
  lastMove,
  lost,
  moves,
  says,
  served,
  shape,
  started,
  tell,
  whichDisk,
} from '../run-events.ts'

describe('a run that goes well', () => {
  test('goes from step to step and is done with the last', () => {
    const course = tell(newRun(), ...doneSteps(5))
    expect(course.run.state).toEqual({ kind: 'done', at: after(1) })
    expect(new Set(course.verdicts)).toEqual(new Set(['accepted']))
    expect(moves(course)).toEqual(['deploying', 'checking'])
  })

  test('a restart is done when the machine says so', () => {
    const course = tell(newRun(), ...doneSteps(4), served, says('environment-5', started))
    expect(course.run.state).toEqual({ kind: 'running', step: 4 })
    expect(tell(course.run, says('environment-5', done)).run.state.kind).toBe('done')
  })

  test('hands later steps the results of earlier ones, and the share that lies before them', () => {
    const { run } = tell(newRun(), ...doneSteps(2))
    const work = workOf(run, 'environment')
    expect(work).toMatchObject({
      kind: 'step',
      step: { id: 'environment-3', type: 'apply-image', index: 2, of: 5, attempt: 1 },
      results: { 'check-hardware': { ok: true }, 'partition-disk': { ok: true } },
      image: { path: '/agent/v1/images/windows-11-pro' },
      variables: { serial: 'GENU1234', computerName: 'OC-GENU1234' },
    })
  })

  test('gives the same work again until the step has ended', () => {
    const { run } = tell(newRun(), served)
    expect(workOf(tell(run, says('environment-1', started)).run, 'environment')).toEqual(workOf(run, 'environment'))
  })

  test('remembers when a disk was first at risk: when the writing step was handed out', () => {
    expect(tell(newRun(), ...doneSteps(1)).run.diskTouchedAt).toBeNull()
    expect(tell(newRun(), ...doneSteps(1), { ...served, at: after(7) }).run.diskTouchedAt).toEqual(after(7))
  })

  test('sends the machine to its other half when the next step is there', () => {
    const { run } = tell(
      newRun('name: X\nenvironment:\n  - check-hardware: {}\nwindows:\n  - restart: {}\n'),
      ...doneSteps(1),
    )
    expect(workOf(run, 'environment')).toEqual({ kind: 'restart' })
    expect(workOf(run, 'windows')).toMatchObject({ kind: 'step', step: { id: 'windows-1' } })
  })
})

describe('reports that come twice, late or out of order', () => {
  test('a result that is repeated is accepted again and changes nothing', () => {
    const { run } = tell(newRun(), ...doneSteps(2))
    const repeated = next(run, says('environment-2', done))
    expect(repeated).toMatchObject({ kind: 'taken', verdict: 'accepted', change: 'none', effects: [] })
  })

  test('the last result repeated after the run is done is accepted', () => {
    const { run } = tell(newRun(), ...doneSteps(5))
    expect(next(run, says('environment-5', done))).toMatchObject({ verdict: 'accepted', change: 'none' })
  })

  test('a result without "started" before it counts', () => {
    expect(tell(newRun(), says('environment-1', done)).run.state).toEqual({ kind: 'running', step: 1 })
  })

  test.each<[string, RunEvent, Verdict]>([
    ['of a step that was never handed out', says('environment-4', started), 'stale'],
    ['of no step of the run', says('windows-9', started), 'stale'],
    ['of an attempt that was given up', says('environment-2', done, 7), 'stale'],
    ['that contradicts what was recorded', says('environment-1', failed(damaged)), 'stale'],
    ['of progress after the end', says('environment-1', { kind: 'progress', progress: { fraction: 0.5 } }), 'accepted'],
  ])('a report %s changes nothing', (_, event, verdict) => {
    const { run } = tell(newRun(), ...doneSteps(2))
    expect(next(run, event)).toEqual({ kind: 'taken', run, verdict, effects: [], change: 'none' })
  })

  test('progress is not a fact, its first word is', () => {
    const { run } = tell(newRun(), served)
    const progress: StepReport = { kind: 'progress', progress: { fraction: 0.1 } }
    const first = next(run, says('environment-1', progress))
    expect(first).toMatchObject({ change: 'fact' })
    expect(first.kind === 'taken' && next(first.run, says('environment-1', progress))).toMatchObject({
      change: 'progress',
    })
  })
})

describe('a step that fails', () => {
  const toApply = doneSteps(2)

  test('stops the run for a person, and the record says so', () => {
    const course = tell(newRun(), ...toApply, served, says('environment-3', failed(damaged)))
    expect(course.run.state).toEqual({ kind: 'attention', step: 2, failure: damaged })
    expect(moves(course)).toEqual(['deploying', 'attention'])
    expect(lastMove(course)?.sentence.en).toBe('Step "Writing Windows 11 Pro": failed (IMAGE_HASH_MISMATCH).')
    expect(workOf(course.run, 'environment')).toMatchObject({ kind: 'attention', runId: 'run-1' })
  })

  test('is tried again by itself as often as the sequence says', () => {
    const source = 'name: X\nenvironment:\n  - run-command: { command: a }\n    retries: 2\n'
    const fails = (attempt: number) => says('environment-1', failed(damaged), attempt)
    const twice = tell(newRun(source), fails(1), fails(2))
    expect(shape(twice.run)).toEqual(['pending 3'])
    expect(tell(twice.run, fails(3)).run.state.kind).toBe('attention')
  })

  test('half an image is not continued: trying again makes the disk anew', () => {
    const source = 'name: X\nenvironment:\n  - partition-disk: { disk: only }\n  - apply-image: {}\n    retries: 1\n'
    const { run } = tell(
      newRun(source),
      ...doneSteps(1),
      served,
      says('environment-2', started),
      says('environment-2', failed(damaged)),
    )
    expect(shape(run)).toEqual(['pending 2', 'pending 2'])
    expect(run.state).toEqual({ kind: 'running', step: 0 })
    expect(workOf(run, 'environment')).toMatchObject({ step: { type: 'partition-disk', attempt: 2 }, results: {} })
  })

  test('is passed over where the sequence says that it does not matter', () => {
    const source =
      'name: X\nenvironment:\n  - run-command: { command: a }\n    continueOnError: true\n  - restart: {}\n'
    const course = tell(newRun(source), says('environment-1', failed(damaged)))
    expect(course.run.state).toEqual({ kind: 'running', step: 1 })
    expect(tell(course.run, says('environment-2', done)).run.state.kind).toBe('done')
  })

  test('a question goes to a person at once, retries or not', () => {
    const source =
      'name: X\nenvironment:\n  - partition-disk: { disk: only }\n    retries: 3\n    continueOnError: true\n'
    expect(tell(newRun(source), says('environment-1', failed(whichDisk))).run.state.kind).toBe('attention')
  })

  test.each(['DISK_NOT_EXPECTED', 'DISK_TWINS', 'DISKS_NOT_PINNED'])(
    'a disk that the run may not write goes to a person at once, retries or not: %s',
    (code) => {
      const source =
        'name: X\nenvironment:\n  - partition-disk: { disk: only }\n    retries: 3\n    continueOnError: true\n  - restart: {}\n'
      const { run } = tell(newRun(source), served, says('environment-1', failed({ code, params: {} })))
      expect(run.state).toMatchObject({ kind: 'attention', step: 0 })
      expect(tell(run, again()).run.state).toEqual({ kind: 'running', step: 0 })
    },
  )
})

describe('a person says "again"', () => {
  const stopped = tell(
    newRun(),
    ...doneSteps(2),
    served,
    says('environment-3', started),
    says('environment-3', failed(damaged)),
  ).run

  test('and the failed step begins anew, from where it has to', () => {
    const course = tell(stopped, again())
    expect(shape(course.run)).toEqual(['done 1', 'pending 2', 'pending 2', 'pending 1', 'pending 1'])
    expect(course.run.state).toEqual({ kind: 'running', step: 1 })
    expect(moves(course)).toEqual(['deploying'])
  })

  test('from an earlier step, and all from there on is pending with its results dropped', () => {
    expect(shape(tell(stopped, again('environment-1')).run)).toEqual([
      'pending 2',
      'pending 2',
      'pending 2',
      'pending 1',
      'pending 1',
    ])
  })

  test('and late words of the old attempt are stale', () => {
    const { run } = tell(stopped, again())
    expect(next(run, says('environment-3', done, 1))).toMatchObject({ verdict: 'stale', change: 'none' })
  })

  test('with the disk to write, which wins over the sequence', () => {
    const asked = tell(newRun(), ...doneSteps(1), served, says('environment-2', failed(whichDisk))).run
    const { run } = tell(asked, again(null, { disk: 'S2' }))
    expect(workOf(run, 'environment')).toMatchObject({
      step: { type: 'partition-disk', attempt: 2, input: { disk: { serial: 'S2' } } },
    })
    expect(run.variables['disk']).toBe('S2')
  })

  test('with variables that change conditions of the steps to come', () => {
    const source =
      'name: X\nvariables: { more: false }\nenvironment:\n  - run-command: { command: "echo ${more}" }\n  - restart: {}\n    when: ${more}\n'
    const asked = tell(newRun(source), says('environment-1', failed(damaged))).run
    expect(shape(asked)).toEqual(['failed 1', 'skipped 1'])
    const { run } = tell(asked, again(null, { more: true }))
    expect(run.steps.map(({ status, input }) => [status.kind, input])).toEqual([
      ['pending', { command: 'echo true' }],
      ['pending', {}],
    ])
  })

  test.each<[string, Run, RunEvent, string]>([
    ['while it runs', tell(newRun(), ...doneSteps(1)).run, again(), 'RUN_NOT_STOPPED'],
    ['before it has begun', newRun(), again(), 'RUN_NOT_STOPPED'],
    ['when it is done', tell(newRun(), ...doneSteps(5)).run, again(), 'RUN_OVER'],
    ['when it was cancelled', tell(newRun(), cancelled).run, again(), 'RUN_OVER'],
    ['from no step of it', stopped, again('nowhere'), 'STEP_NOT_IN_RUN'],
    ['from a step after the failed one', stopped, again('environment-4'), 'STEP_NOT_REACHED'],
    ['with a variable nobody knows', stopped, again(null, { dsk: 'x' }), 'VARIABLE_UNKNOWN'],
    ['with a value that fits nothing', stopped, again('environment-2', { disk: 'x'.repeat(300) }), 'INPUT_WRONG'],
  ])('%s: refused', (_, run, event, code) => {
    const course = tell(run, event)
    expect(course).toMatchObject({ refused: [code], run })
  })
})

describe('a person cancels', () => {
  test('before anything began: the record stays as it was', () => {
    const course = tell(newRun(), cancelled)
    expect(course.run.state).toEqual({ kind: 'cancelled', at: after(5), by: 'paul', reason: 'mauvaise machine' })
    expect(moves(course)).toEqual([])
  })

  test('before a disk was written: the machine is as it was', () => {
    expect(moves(tell(newRun(), ...doneSteps(1), cancelled))).toEqual(['deploying', 'assembled'])
  })

  test('after that: a person has to look, and the record says why', () => {
    const course = tell(newRun(), ...doneSteps(1), served, cancelled)
    expect(moves(course)).toEqual(['deploying', 'attention'])
    expect(lastMove(course)?.sentence.en).toContain('the disk is incomplete')
  })

  test('and the agent hears of it at its next report, whatever that is', () => {
    const { run } = tell(newRun(), served, says('environment-1', started), cancelled)
    expect(next(run, says('environment-1', { kind: 'progress', progress: { fraction: 0.2 } }))).toMatchObject({
      verdict: 'cancel',
    })
    expect(next(run, says('environment-1', done))).toMatchObject({ verdict: 'cancel', change: 'none' })
    expect(workOf(run, 'environment')).toEqual({ kind: 'wait' })
  })

  test('only once', () => {
    expect(tell(newRun(), cancelled, cancelled).refused).toEqual(['RUN_OVER'])
  })
})

describe('a machine that starts anew', () => {
  test('has succeeded if that was the step', () => {
    const { run } = tell(newRun(), ...doneSteps(4), served, says('environment-5', started), lost)
    expect(run.state.kind).toBe('done')
  })

  test('begins the step again as a new attempt, with a fresh disk where it needs one', () => {
    const { run } = tell(newRun(), ...doneSteps(2), served, says('environment-3', started), lost)
    expect(shape(run)).toEqual(['done 1', 'pending 2', 'pending 2', 'pending 1', 'pending 1'])
  })

  test('also when the step was handed out and never heard of', () => {
    expect(shape(tell(newRun(), ...doneSteps(2), served, lost).run)).toEqual([
      'done 1',
      'pending 2',
      'pending 2',
      'pending 1',
      'pending 1',
    ])
  })

  test('between two steps has lost nothing', () => {
    const { run } = tell(newRun(), ...doneSteps(2))
    expect(tell(run, lost).run).toBe(run)
  })

  test('again and again at the same step wants a person', () => {
    const source = 'name: X\nenvironment:\n  - run-command: { command: a }\n'
    const crash = (attempt: number): RunEvent[] => [says('environment-1', started, attempt), lost]
    const course = tell(newRun(source), ...crash(1), ...crash(2), ...crash(3))
    expect(course.run.state.kind).toBe('running')
    const end = tell(course.run, ...crash(4))
    expect(end.run.state).toMatchObject({ kind: 'attention', failure: { code: 'STEP_INTERRUPTED' } })
    expect(workOf(end.run, 'environment')).toMatchObject({ message: { fr: expect.stringContaining('4 fois') } })
  })
})
