import type { TSchema } from 'typebox'
import type { Sentence } from '../sentence.ts'

/** What a text has to look like, by the pattern its schema holds it to; as the end of "must be …". */
export type PatternMeanings = Readonly<Record<string, Sentence>>

type Limits = {
  readonly type?: string
  readonly pattern?: string
  readonly const?: unknown
  readonly anyOf?: readonly TSchema[]
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
  readonly maxItems?: number
}

/** What a value of this schema is, as the end of the sentence "this must be …". */
export function expectation(schema: TSchema, patterns: PatternMeanings): Sentence {
  const limits: Limits = schema
  const known = limits.pattern === undefined ? undefined : patterns[limits.pattern]
  if (known !== undefined) return known
  if (limits.const !== undefined) return { fr: `« ${String(limits.const)} »`, en: `"${String(limits.const)}"` }
  if (limits.anyOf !== undefined) return alternatives(limits.anyOf.map((one) => expectation(one, patterns)))
  const { minimum = 0, maximum = 0, maxLength = 0, maxItems = 0 } = limits
  switch (limits.type) {
    case 'string':
      return { fr: `un texte de ${maxLength} caractères au plus`, en: `a text of at most ${maxLength} characters` }
    case 'integer':
    case 'number':
      return { fr: `un nombre de ${minimum} à ${maximum}`, en: `a number from ${minimum} to ${maximum}` }
    case 'boolean':
      return { fr: 'true ou false', en: 'true or false' }
    case 'array':
      return {
        fr: `une liste d’au plus ${maxItems} ${maxItems === 1 ? 'élément' : 'éléments'}, un tiret pour chacun`,
        en: `a list of at most ${maxItems} items, a dash for each`,
      }
    default:
      return { fr: 'une suite de « clé: valeur »', en: 'a set of "key: value"' }
  }
}

function alternatives(several: readonly Sentence[]): Sentence {
  const join = (words: readonly string[], or: string): string =>
    words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${or} ${words.at(-1) ?? ''}`
  return {
    fr: join([...new Set(several.map(({ fr }) => fr))], 'ou'),
    en: join([...new Set(several.map(({ en }) => en))], 'or'),
  }
}
