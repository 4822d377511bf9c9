import { describeCode, type CodeOf, type Messages, type Params, type ParamsArgument } from '../messages.ts'
import type { Sentence } from '../sentence.ts'

/** What is wrong, wherever in a file it is. */
export type Mistake = {
  readonly code: string
  /** What it is about: the way to the key, `reports[0].keys`. */
  readonly params: Params
  /** What is wrong and what to do about it, as one text. */
  readonly message: Sentence
}

/** Something wrong in a YAML file, where a person finds it: lines and columns count from 1. */
export type FileProblem = Mistake & { readonly line: number; readonly column: number }

/** The function that makes the mistakes of one catalogue; a parameter that is wrong, missing or misnamed does not compile. */
export function mistakesOf<const Catalogue extends Messages>(catalogue: Catalogue) {
  return <Code extends CodeOf<Catalogue>>(code: Code, ...[params]: ParamsArgument<Catalogue, Code>): Mistake => {
    const given: Params = params ?? {}
    const { message, fix } = describeCode(catalogue, code, given)
    return { code, params: given, message: { fr: `${message.fr} ${fix.fr}`, en: `${message.en} ${fix.en}` } }
  }
}

/** A problem of the whole file, which has no better place than its first line. */
export function ofWholeFile(mistake: Mistake): FileProblem {
  return { ...mistake, line: 1, column: 1 }
}
