import { CodedError, type CodeOf, type Message, type Params, type ParamsArgument } from '../../text/messages.ts'

/** What an area refuses with: the sentences of each code, and the HTTP status it travels with. */
export type Refusals = Readonly<Record<string, Message<never> & { readonly status: number }>>

/**
 * A request that cannot be granted, as data. Domain code throws it through its area's maker (`refusalsOf`); only the API
 * turns it into a response.
 */
export class Refusal extends CodedError {
  readonly status: number

  constructor(catalogue: Refusals, code: string, params: Params) {
    super(catalogue, code, params)
    this.name = 'Refusal'
    this.status = catalogue[code]?.status ?? 500
  }
}

/** The function that makes the refusals of one catalogue; a parameter that is wrong, missing or misnamed does not compile. */
export function refusalsOf<const Catalogue extends Refusals>(catalogue: Catalogue) {
  return <Code extends CodeOf<Catalogue>>(code: Code, ...[params]: ParamsArgument<Catalogue, Code>): Refusal =>
    new Refusal(catalogue, code, params ?? {})
}
