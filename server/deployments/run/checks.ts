import { stepDefinition } from '../../../tasksequences/steps/definitions.ts'
import type { RunStep } from './run.ts'
import type { StepStatus } from './step-status.ts'

/** Whether a step's result is evidence. */
export function isCheck({ type }: Pick<RunStep, 'type'>): boolean {
  return stepDefinition(type)?.proves === true
}

/** The last step of a run that proves something; undefined when it has none, or all are skipped. */
export function lastCheck<S extends { type: string; status: Pick<StepStatus, 'kind'> }>(
  steps: readonly S[],
): S | undefined {
  return steps.findLast((step) => isCheck(step) && step.status.kind !== 'skipped')
}
