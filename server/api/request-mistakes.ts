import type { Sentence } from '../../text/sentence.ts'

/** What a validator says of a value, as far as we read it: its own words are English and for programmers. */
export type Mistake = { keyword: string; params?: Readonly<Record<string, unknown>> }

type Phrase = (value: string) => Sentence

/** By the keyword of JSON Schema that is not met; the text completes "the request is not valid: body.reason …". */
const phrases: Readonly<Record<string, Phrase>> = {
  required: (names) => ({ fr: `n’a pas « ${names} »`, en: `lacks "${names}"` }),
  type: (type) => ({ fr: `n’est pas du type « ${type} »`, en: `is not of the type "${type}"` }),
  minLength: (limit) => ({ fr: `est trop court, ${limit} au moins`, en: `is too short, ${limit} at least` }),
  maxLength: (limit) => ({ fr: `est trop long, ${limit} au plus`, en: `is too long, ${limit} at most` }),
  minItems: (limit) => ({ fr: `a trop peu d’éléments, ${limit} au moins`, en: `has too few items, ${limit} at least` }),
  maxItems: (limit) => ({ fr: `a trop d’éléments, ${limit} au plus`, en: `has too many items, ${limit} at most` }),
  minimum: (limit) => ({ fr: `est trop petit, ${limit} au moins`, en: `is too small, ${limit} at least` }),
  maximum: (limit) => ({ fr: `est trop grand, ${limit} au plus`, en: `is too large, ${limit} at most` }),
  pattern: () => ({ fr: 'n’a pas la forme attendue', en: 'does not have the expected form' }),
  format: (format) => ({ fr: `n’a pas la forme « ${format} »`, en: `does not have the form "${format}"` }),
  enum: () => ({ fr: 'n’est aucune des valeurs possibles', en: 'is none of the possible values' }),
  const: () => ({ fr: 'n’est aucune des valeurs possibles', en: 'is none of the possible values' }),
  anyOf: () => ({ fr: 'n’est aucune des valeurs possibles', en: 'is none of the possible values' }),
  additionalProperties: (names) => ({ fr: `a « ${names} » en trop`, en: `has "${names}", which is not expected` }),
}

/** The parameters in which validators name what they missed. */
const named = ['requiredProperties', 'missingProperty', 'additionalProperties', 'additionalProperty', 'type', 'limit']

/** What is wrong with a value, in words. Pure. */
export function describeMistake({ keyword, params = {} }: Mistake): Sentence {
  const value = [...named, 'format'].map((name) => params[name]).find((one) => one !== undefined)
  const text = Array.isArray(value)
    ? value.map(String).join(', ')
    : typeof value === 'object'
      ? ''
      : String(value ?? '')
  const phrase = Object.hasOwn(phrases, keyword) ? phrases[keyword] : undefined
  return phrase?.(text) ?? { fr: 'n’est pas ce qui est attendu', en: 'is not what is expected' }
}
