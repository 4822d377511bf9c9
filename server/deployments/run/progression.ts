import { stepDefinition } from '../../../tasksequences/steps/definitions.ts'
import { atEnd } from './ending.ts'
import type { Effect } from './event.ts'
import type { Run, RunStep } from './run.ts'
import { interrupted, isToCome, mayHaveBegun, type StepStatus } from './step-status.ts'

/** Whether a run still goes on: it waits, runs or needs a person. */
export function isActive({ state }: Run): boolean {
  return state.kind === 'waiting' || state.kind === 'running' || state.kind === 'attention'
}

/** The step to do now: the one that runs, else the first that is pending; null when none is left or a person is needed. */
export function currentStep({ state, steps }: Run): RunStep | null {
  if (state.kind === 'running') return steps[state.step] ?? null
  if (state.kind === 'waiting') return steps.find(({ status }) => isToCome(status)) ?? null
  return null
}

/** The run with one step's status replaced; all other steps stay the same objects. */
export function withStatus(run: Run, index: number, status: StepStatus): Run {
  return { ...run, steps: run.steps.map((step) => (step.index === index ? { ...step, status } : step)) }
}

/** The run after a step has ended well, or badly and it does not matter: on to the next step, or done. */
export function advance(run: Run, at: Date): { run: Run; effects: Effect[] } {
  const following = run.steps.find(({ status }) => isToCome(status))
  if (following) return { run: { ...run, state: { kind: 'running', step: following.index } }, effects: [] }
  const done: Run = { ...run, state: { kind: 'done', at } }
  return { run: done, effects: atEnd(done) }
}

/** Whether the machine goes down at the step's end, so that its starting anew is the step's success. */
export function endsMachine({ type }: Pick<RunStep, 'type'>): boolean {
  return (stepDefinition(type)?.endsWith ?? null) !== null
}

/**
 * The step from which to begin when this one has to be done again: an earlier one where what it left half-done cannot be
 * continued. An image that was cut off half-way wants its volume made anew.
 */
export function restartPoint(steps: readonly RunStep[], step: RunStep): RunStep {
  const from = stepDefinition(step.type)?.restartFrom ?? null
  if (from === null || !mayHaveBegun(step.status)) return step
  return steps.slice(0, step.index).findLast(({ type, status }) => type === from && status.kind !== 'skipped') ?? step
}

/**
 * The steps with those from one on pending again as a new attempt, which begins from nothing; skipped ones stay skipped,
 * those that have not begun as they are.
 */
export function againFrom(steps: readonly RunStep[], first: RunStep): RunStep[] {
  return steps.map((step) => {
    if (step.index < first.index || step.status.kind === 'skipped' || !mayHaveBegun(step.status)) return step
    const fresh = { memory: {}, restarts: 0, status: { kind: 'pending' } } as const
    return { ...step, ...fresh, attempt: step.attempt + 1 }
  })
}

/** The steps after the machine started anew under one of them, which keeps its memory. */
export function afterRestart(steps: readonly RunStep[], current: RunStep): RunStep[] {
  return steps.map((step) =>
    step.index === current.index ? { ...step, attempt: step.attempt + 1, status: interrupted(step.status) } : step,
  )
}
