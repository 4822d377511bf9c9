import { stepDefinition } from '../../../tasksequences/steps/definitions.ts'
import { atEnd } from './ending.ts'
import type { Effect } from './event.ts'
import type { Run, RunStep, StepStatus } from './run.ts'

/** Whether a run still goes on: it waits, runs or needs a person. */
export function isActive({ state }: Run): boolean {
  return state.kind === 'waiting' || state.kind === 'running' || state.kind === 'attention'
}

/** The step to do now: the one that runs, else the first that is pending; null when none is left or a person is needed. */
export function currentStep({ state, steps }: Run): RunStep | null {
  if (state.kind === 'running') return steps[state.step] ?? null
  if (state.kind === 'waiting') return steps.find(({ status }) => status.kind === 'pending') ?? null
  return null
}

/** The run with one step's status replaced; all other steps stay the same objects. Only a step that runs can be leaving. */
export function withStatus(run: Run, index: number, status: StepStatus): Run {
  const changed = (step: RunStep): RunStep => ({ ...step, status, leaving: step.leaving && status.kind === 'running' })
  return { ...run, steps: run.steps.map((step) => (step.index === index ? changed(step) : step)) }
}

/** When the step's attempt began, or the one whose announced restart it goes on from; `at` when it has not been heard of. */
export function startOf({ status }: RunStep, at: Date): Date {
  return 'startedAt' in status ? (status.startedAt ?? at) : at
}

/** The run after a step has ended well, or badly and it does not matter: on to the next step, or done. */
export function advance(run: Run, at: Date): { run: Run; effects: Effect[] } {
  const following = run.steps.find(({ status }) => status.kind === 'pending')
  if (following) return { run: { ...run, state: { kind: 'running', step: following.index } }, effects: [] }
  const done: Run = { ...run, state: { kind: 'done', at } }
  return { run: done, effects: atEnd(done) }
}

/** Whether the machine goes down at the step's end, so that its starting anew is the step's success. */
export function endsMachine({ type }: Pick<RunStep, 'type'>): boolean {
  return (stepDefinition(type)?.endsWith ?? null) !== null
}

/** Whether an attempt may have left something behind: it was handed to the machine, or has been heard of. */
export function hasBegun({ status, served }: RunStep): boolean {
  return served || status.kind !== 'pending'
}

/**
 * The step from which to begin when this one has to be done again: an earlier one where what it left half-done cannot be
 * continued. An image that was cut off half-way wants its volume made anew.
 */
export function restartPoint(steps: readonly RunStep[], step: RunStep): RunStep {
  const from = stepDefinition(step.type)?.restartFrom ?? null
  if (from === null || !hasBegun(step)) return step
  return steps.slice(0, step.index).findLast(({ type, status }) => type === from && status.kind !== 'skipped') ?? step
}

const untouched = { served: false, leaving: false } as const

/**
 * The steps with those from one on pending again as a new attempt, which begins from nothing; skipped ones stay skipped,
 * those that have not begun as they are.
 */
export function againFrom(steps: readonly RunStep[], first: RunStep): RunStep[] {
  return steps.map((step) => {
    if (step.index < first.index || step.status.kind === 'skipped' || !hasBegun(step)) return step
    const fresh = { ...untouched, memory: {}, restarts: 0, status: { kind: 'pending' } } as const
    return { ...step, ...fresh, attempt: step.attempt + 1 }
  })
}

/** The steps after a restart of the machine under one of them, which goes on from what it laid down. */
export function goingOn(steps: readonly RunStep[], current: RunStep): RunStep[] {
  return steps.map((step) => {
    if (step.index !== current.index) return step
    // Its time counts from its first start, else an update of an hour would count as the minute after its last restart.
    const { status: before } = step
    const started = step.leaving && 'startedAt' in before && before.startedAt ? { startedAt: before.startedAt } : {}
    const heard = 'heardAt' in before && before.heardAt ? { heardAt: before.heardAt } : {}
    const status: StepStatus = { kind: 'pending', ...started, ...heard }
    return { ...step, ...untouched, attempt: step.attempt + 1, status }
  })
}
