import { Value } from 'typebox/value'
import { fillMap } from './interpolation.ts'
import type { Sentence } from '../text/sentence.ts'
import type { Variables } from './scalar.ts'
import { stepDefinition } from './steps/definitions.ts'

export type InputProblem = { type: string; key: string; expected: Sentence }

/**
 * A step's input as the agent gets it: `${…}` filled in, a person's answers put over it, checked against the step's
 * schema. `problem` names the first field that is wrong with these values.
 */
export function fillInput(
  type: string,
  template: Record<string, unknown>,
  variables: Variables,
): { ok: true; input: Record<string, unknown> } | { ok: false; problem: InputProblem } {
  const definition = stepDefinition(type)
  if (definition === null) return { ok: true, input: template }
  const filled = fillMap(template, variables)
  const input = definition.answer?.(filled, variables) ?? filled
  for (const [key, schema] of Object.entries(definition.input.properties)) {
    if (!Object.hasOwn(input, key) || Value.Check(schema, input[key])) continue
    return { ok: false, problem: { type, key, expected: definition.fields[key]?.expects ?? { fr: '', en: '' } } }
  }
  return { ok: true, input }
}
