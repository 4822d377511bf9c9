import type { ConditionError } from '../condition/tokens.ts'
import type { Sentence } from '../../text/sentence.ts'

/** Why a condition cannot be read, as the end of a sentence. */
export function conditionReason({ reason, found }: ConditionError): Sentence {
  switch (reason) {
    case 'character':
      return found === '='
        ? { fr: 'l’égalité s’écrit « == »', en: 'equality is written "=="' }
        : { fr: `le signe « ${found} » n’a pas de sens ici`, en: `the sign "${found}" has no meaning here` }
    case 'open-text':
      return { fr: 'un guillemet n’est pas refermé', en: 'a quote is not closed' }
    case 'word':
      return {
        fr: `le mot « ${found} » n’est ni une variable (\${${found}}) ni un texte ('${found}')`,
        en: `the word "${found}" is neither a variable (\${${found}}) nor a text ('${found}')`,
      }
    case 'expected-value':
      return found === ''
        ? { fr: 'il manque une valeur à la fin', en: 'a value is missing at the end' }
        : { fr: `il faut une valeur à la place de « ${found} »`, en: `a value has to stand in place of "${found}"` }
    case 'expected-end':
      return {
        fr: `« ${found} » est de trop, ou il manque « and » ou « or » avant`,
        en: `"${found}" is too much, or "and" or "or" is missing before it`,
      }
    case 'expected-sign':
      return { fr: 'une parenthèse ou un crochet n’est pas refermé', en: 'a parenthesis or bracket is not closed' }
    case 'deep':
      return { fr: 'elle est imbriquée trop profondément', en: 'it is nested too deeply' }
    case 'long':
      return { fr: 'elle est trop longue', en: 'it is too long' }
  }
}
