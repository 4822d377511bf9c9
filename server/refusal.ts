import type { Sentence } from '../agent/protocol/messages.ts'

export type RefusalParams = Record<string, string | number | boolean>

/**
 * A request that cannot be granted, as data. Domain code throws it; its words and HTTP status stand in the
 * `errors.ts` of the area that owns the code, and only the API turns the two into a response.
 */
export class Refusal extends Error {
  readonly code: string
  readonly params: RefusalParams

  constructor(code: string, params: RefusalParams = {}) {
    super(`${code} ${JSON.stringify(params)}`)
    this.name = 'Refusal'
    this.code = code
    this.params = params
  }
}

/** What a code says to a person: the sentence, what to do, and the HTTP status it travels with. */
export type RefusalWords = Readonly<
  Record<
    string,
    { status: number; message: (params: RefusalParams) => Sentence; fix: (params: RefusalParams) => Sentence }
  >
>
