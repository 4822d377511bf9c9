import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { failure } from '../protocol/failures/failures.ts'
import { StepError, type StepContext } from './step.ts'

/** The step's settings as its schema in `tasksequences/steps` says; the plan has checked them, another server version may not have. */
export function parseInput<Schema extends TSchema>(schema: Schema, { work }: StepContext): Static<Schema> {
  const { input, type } = work.step
  if (!Value.Check(schema, input))
    throw new StepError(failure('INPUT_INVALID', { step: type }, { detail: JSON.stringify(input) }))
  return input
}
