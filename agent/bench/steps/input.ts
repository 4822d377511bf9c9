import { Value } from 'typebox/value'
import type { Static, TSchema } from 'typebox'
import { parseSize } from '../../../tasksequences/size.ts'
import { failure } from '../../failures.ts'
import { StepError, type StepContext } from '../../step.ts'

/** The step's settings as its schema in `tasksequences/steps` says; the plan has checked them, another server version may not have. */
export function parseInput<Schema extends TSchema>(schema: Schema, { work }: StepContext): Static<Schema> {
  const { input, type } = work.step
  if (!Value.Check(schema, input))
    throw new StepError(failure('INPUT_INVALID', { step: type }, { detail: JSON.stringify(input) }))
  return input
}

/** Bytes of a size the plan has checked; `fallback` when none was given. */
export function sizeOr(text: string | undefined, fallback: number): number {
  return text === undefined ? fallback : (parseSize(text) ?? fallback)
}
