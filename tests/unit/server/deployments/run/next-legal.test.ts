import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RunEvent, StepReport } from '../../../../../server/deployments/run/event.ts'
import { next } from '../../../../../server/deployments/run/next.ts'
import type { Run, RunStep } from '../../../../../server/deployments/run/run.ts'
import { isToCome, isUnderWay } from '../../../../../server/deployments/run/step-status.ts'
import { after, newRun } from '../sample.ts'
import {
  again,
  cancelled,
  claimed,
  continues,
  damaged,
  done,
  failed,
  lost,
  says,
  served,
  started,
  whichDisk,
} from '../run-events.ts'
import { runs } from '../../../property-runs.ts'

/** What must hold of any run at any time. */
function problemOf({ state, steps }: Run): string | null {
  if (steps.some(({ restarts, status }) => status.kind === 'restarting' && restarts === 0))
    return 'a step restarts the machine that has announced no restart'
  if (steps.some(({ memory, restarts }) => restarts === 0 && Object.keys(memory).length > 0))
    return 'memory of no restart'
  const kinds = steps.map(({ status }) => status.kind)
  const isOver = (step: RunStep) =>
    step.status.kind === 'done' ||
    step.status.kind === 'skipped' ||
    (step.status.kind === 'failed' && step.status.ignored)
  const stops = steps.filter(({ status }) => status.kind === 'failed' && !status.ignored)
  switch (state.kind) {
    case 'waiting':
      return kinds.some((kind) => !['pending', 'served', 'skipped'].includes(kind))
        ? 'waiting, yet something has begun'
        : null
    case 'running': {
      const current = steps[state.step]
      if (current === undefined || !(isToCome(current.status) || isUnderWay(current.status)))
        return 'its step is not to be done'
      if (!steps.slice(0, state.step).every(isOver)) return 'a step before it is not over'
      return steps.slice(state.step + 1).every(({ status }) => ['pending', 'skipped'].includes(status.kind))
        ? null
        : 'a step after it has begun'
    }
    case 'attention':
      return stops.length === 1 && stops[0]?.index === state.step
        ? null
        : 'it is not the failed step that needs a person'
    case 'done':
      return steps.every(isOver) ? null : 'done, yet a step is not over'
    case 'cancelled':
      return steps.some(({ status }) => isUnderWay(status)) ? 'cancelled, yet a step runs' : null
  }
}

describe('whatever comes, in whatever order', () => {
  const source = `
name: X
variables: { more: false }
environment:
  - check-hardware: {}
  - partition-disk: { disk: only }
    retries: 1
  - apply-image: {}
    retries: 1
  - run-command: { command: "echo \${more}" }
    continueOnError: true
    when: not \${more}
  - restart: {}
windows:
  - run-command: { command: b }
  - shut-down: {}
`
  const ids = [...Array.from({ length: 5 }, (_, index) => `environment-${index + 1}`), 'windows-1', 'windows-2', 'x']
  const report: fc.Arbitrary<StepReport> = fc.constantFrom<StepReport>(
    started,
    done,
    failed(damaged),
    failed(whichDisk),
    { kind: 'heard' },
    { kind: 'progress', progress: { fraction: 0.5 } },
    continues(),
  )
  const blind: fc.Arbitrary<RunEvent> = fc.record({
    kind: fc.constant('reported' as const),
    at: fc.constant(after(3)),
    stepId: fc.constantFrom(...ids),
    attempt: fc.integer({ min: 1, max: 4 }),
    report,
  })
  const others = fc.oneof(
    { weight: 4, arbitrary: fc.constant(served) },
    { weight: 2, arbitrary: fc.constant(lost) },
    { weight: 1, arbitrary: fc.constant(cancelled) },
    { weight: 1, arbitrary: fc.constant(claimed) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.option(fc.constantFrom(...ids)), fc.constantFrom({}, { disk: 'S2' }, { more: true }, { more: false }))
        .map(([id, variables]) => again(id, variables)),
    },
  )
  /** News of the step that is really current, which gets a run further than blind chance does. */
  const apt = report.map((one) => (run: Run): RunEvent => {
    const current =
      run.state.kind === 'running' ? run.steps[run.state.step] : run.steps.find(({ status }) => isToCome(status))
    return says(current?.id ?? 'x', one, current?.attempt ?? 1, after(2))
  })
  const any = fc.oneof(
    { weight: 6, arbitrary: apt },
    { weight: 3, arbitrary: fc.oneof(blind, others).map((event) => (): RunEvent => event) },
  )

  test('a run is legal, its attempts only grow, and the same report again changes nothing', () => {
    fc.assert(
      fc.property(fc.array(any, { maxLength: 60 }), (makers) => {
        let run = newRun(source)
        for (const make of makers) {
          const event = make(run)
          const result = next(run, event)
          if (result.kind === 'refused') continue
          expect(problemOf(result.run)).toBeNull()
          for (const step of result.run.steps)
            expect(step.attempt).toBeGreaterThanOrEqual(run.steps[step.index]?.attempt ?? 99)
          if (event.kind === 'reported') {
            const repeated = next(result.run, event)
            if (result.change === 'fact') expect(repeated).toMatchObject({ kind: 'taken', effects: [] })
            expect(repeated).not.toMatchObject({ change: 'fact' })
          }
          run = result.run
        }
      }),
      { numRuns: runs(500) },
    )
  })
})
