import { Value } from 'typebox/value'
import { fillMap } from './interpolation.ts'
import type { Variables } from './scalar.ts'
import type { Sequence, SequenceStep } from './sequence.ts'
import { stepDefinition } from './steps/definitions.ts'
import type { ImageWish, LanguageWish, StepTakes } from './steps/takes.ts'

/** What a step takes, going by the fields of its input that are right by themselves. */
function takenBy({ type }: SequenceStep, input: Record<string, unknown>): StepTakes {
  const definition = stepDefinition(type)
  if (definition === null) return {}
  const right = Object.entries(input).filter(([key, value]) => {
    const schema = definition.input.properties[key]
    return schema !== undefined && Value.Check(schema, value)
  })
  return definition.takes(Object.fromEntries(right))
}

/** What a sequence's image has to be when it is started with these variables; null when no step takes one. Pure. */
export function imageWish(sequence: Pick<Sequence, 'steps' | 'variables'>, given: Variables): ImageWish | null {
  const defaults = Object.entries(sequence.variables).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  )
  const known = { ...Object.fromEntries(defaults), ...given }
  const taken = sequence.steps.map((step) => takenBy(step, fillMap(step.input, known)))
  const wish = taken.find(({ image }) => image !== undefined)?.image
  if (wish === undefined) return null
  const { imageLanguage } = taken.find((one) => one.imageLanguage !== undefined) ?? {}
  return { ...wish, ...(imageLanguage === 'locale' ? localeOf(known) : imageLanguage) }
}

function localeOf({ locale }: Variables): LanguageWish {
  return typeof locale === 'string' && locale !== '' ? { family: locale } : {}
}
