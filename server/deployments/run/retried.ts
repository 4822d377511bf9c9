import { parseCondition } from '../../../tasksequences/condition/parse-condition.ts'
import { holds } from '../../../tasksequences/condition/evaluate.ts'
import { isBuiltIn } from '../../../tasksequences/facts.ts'
import { skippedBecause } from '../../../tasksequences/plan.ts'
import { fillInput } from '../../../tasksequences/step-input.ts'
import type { Variables } from '../../../tasksequences/scalar.ts'
import { writesDisk } from './ending.ts'
import type { Next, RunEvent } from './event.ts'
import { againFrom, restartPoint } from './progression.ts'
import type { Run, RunStep } from './run.ts'
import { isToCome, type StepStatus } from './step-status.ts'
import type { Refusal } from '../../refusal/refusal.ts'
import { deploymentRefusal } from '../errors.ts'

type Retried = Extract<RunEvent, { kind: 'retried' }>
type Refused = Extract<Next, { kind: 'refused' }>

function refused(refusal: Refusal): Refused {
  return { kind: 'refused', refusal }
}

/** Whether the sequence's condition for the step holds with these variables; a step without one always takes part. */
function takesPart({ when }: RunStep, variables: Variables): boolean {
  if (when === null) return true
  const parsed = parseCondition(when)
  return !parsed.ok || holds(parsed.expression, variables)
}

/** A step that is to be done (again) with other variables: its condition is decided and its input filled in anew. */
function refilled(step: RunStep, variables: Variables): RunStep | Refused {
  if (!takesPart(step, variables)) {
    const status: StepStatus = { kind: 'skipped', reason: skippedBecause(step.when ?? '') }
    return { ...step, status }
  }
  const filled = fillInput(step.type, step.template, variables)
  if (!filled.ok) {
    const { type, key, expected } = filled.problem
    return refused(deploymentRefusal('INPUT_WRONG', { type, key, reason: expected }))
  }
  const status: StepStatus = step.status.kind === 'skipped' ? { kind: 'pending' } : step.status
  return { ...step, input: filled.input, status }
}

/** The step a person wants to begin with: the one that stopped the run, or an earlier one. */
function chosenStep(run: Run, stepId: string | null): RunStep | Refused {
  if (run.state.kind !== 'attention') {
    const isGoingOn = run.state.kind === 'waiting' || run.state.kind === 'running'
    return refused(deploymentRefusal(isGoingOn ? 'RUN_NOT_STOPPED' : 'RUN_OVER'))
  }
  const stopped = run.steps[run.state.step]
  const chosen = stepId === null ? stopped : run.steps.find(({ id }) => id === stepId)
  if (chosen === undefined || stopped === undefined)
    return refused(deploymentRefusal('STEP_NOT_IN_RUN', { stepId: stepId ?? '' }))
  return chosen.index > stopped.index ? refused(deploymentRefusal('STEP_NOT_REACHED')) : chosen
}

/**
 * A person takes the run up again from a step. That step, or the one it has to go back to, and all that follow are pending as new
 * attempts; their results are dropped. Variables given now win over those of the start, and fill the inputs anew. Pure.
 */
export function onRetried(run: Run, { stepId, variables: given }: Retried): Next {
  const chosen = chosenStep(run, stepId)
  if ('kind' in chosen) return chosen
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(run.variables, name) && !isBuiltIn(name))
  if (unknown !== undefined) return refused(deploymentRefusal('VARIABLE_UNKNOWN', { name: unknown, suggestion: null }))
  const variables = { ...run.variables, ...given }
  const all = { ...run.facts, ...variables }
  const from = restartPoint(run.steps, chosen)
  const steps: RunStep[] = []
  for (const step of againFrom(run.steps, from)) {
    const ready = step.index < from.index ? step : refilled({ ...step, retried: 0, interruptions: 0 }, all)
    if ('kind' in ready) return ready
    steps.push(ready)
  }
  // It was let in beside what a machine that is ready or sold must not suffer.
  if (run.returnsTo !== null && writesDisk({ steps })) return refused(deploymentRefusal('MACHINE_NOT_DEPLOYABLE'))
  const first = steps.find(({ status }) => isToCome(status))
  if (first === undefined) return refused(deploymentRefusal('STEP_NOT_IN_RUN', { stepId: chosen.id }))
  const { fr, en } = first.name
  const sentence = {
    fr: `Préparation reprise à l’étape « ${fr} ».`,
    en: `Run taken up again at the step "${en}".`,
  }
  return {
    kind: 'taken',
    run: { ...run, variables, steps, state: { kind: 'running', step: first.index } },
    verdict: 'accepted',
    effects: [{ kind: 'move-record', to: 'deploying', grounds: 'work', sentence }],
    change: 'fact',
  }
}
