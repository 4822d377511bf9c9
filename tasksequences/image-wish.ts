import { Value } from 'typebox/value'
import { fillMap } from './interpolation.ts'
import type { Variables } from './scalar.ts'
import type { Sequence, SequenceStep } from './sequence.ts'
import { stepDefinition } from './steps/definitions.ts'
import type { ImageWish } from './steps/takes.ts'

/** What a step's image has to be, going by the fields of its input that are right by themselves; null when it takes none. */
function wishOf({ type }: SequenceStep, input: Record<string, unknown>): ImageWish | null {
  const definition = stepDefinition(type)
  if (definition === null) return null
  const right = Object.entries(input).filter(([key, value]) => {
    const schema = definition.input.properties[key]
    return schema !== undefined && Value.Check(schema, value)
  })
  return definition.takes(Object.fromEntries(right)).image ?? null
}

/** What a sequence's image has to be when it is started with these variables; null when no step takes one. Pure. */
export function imageWish(sequence: Pick<Sequence, 'steps' | 'variables'>, given: Variables): ImageWish | null {
  const defaults = Object.entries(sequence.variables).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  )
  const known = { ...Object.fromEntries(defaults), ...given }
  for (const step of sequence.steps) {
    const wish = wishOf(step, fillMap(step.input, known))
    if (wish !== null) return wish
  }
  return null
}
