import type { Locale } from './quantities.ts'
import type { Sentence } from './sentence.ts'

/** What a parameter of a message may be. A sentence is a part that itself differs by language. */
export type Param = string | number | boolean | null | Sentence
export type Params = Readonly<Record<string, Param>>

/** What one code says to a person: what is wrong, and what to do about it. */
export type Message<P> = {
  readonly message: (params: P) => Sentence
  readonly fix: (params: P) => Sentence
}

/** A catalogue: `const diskErrors = { DISK_FULL: { message: ({ disk }: { disk: string }) => …, fix: … } } satisfies Messages`. */
export type Messages = Readonly<Record<string, Message<never>>>

/** What a code without parameters takes. */
export type NoParams = Readonly<Record<string, never>>

export type CodeOf<Catalogue extends Messages> = keyof Catalogue & string

/** The parameters that both sentences of a code need; of several codes, what all of them need together. */
export type ParamsOf<Catalogue extends Messages, Code extends keyof Catalogue> =
  Catalogue[Code] extends Message<infer P> ? (unknown extends P ? NoParams : P) : never

/** The parameters as the last argument of a function, which a code without any leaves out. */
export type ParamsArgument<Catalogue extends Messages, Code extends keyof Catalogue> =
  Catalogue[Code] extends Message<infer P> ? (unknown extends P ? [params?: NoParams] : [params: P]) : never

export type Description = { message: Sentence; fix: Sentence }

/**
 * The sentences of any code with any parameters, as they come back from the store or from an agent of another version: a
 * missing parameter shows as `…`, an unknown code gets a general sentence. What the program itself constructs is held to
 * its catalogue by the compiler (`ParamsOf`), so for that nothing is ever missing.
 */
export function describeCode(
  catalogue: Messages,
  code: string,
  params: Params,
  missing: (name: string) => string = () => '…',
): Description {
  const entry = Object.hasOwn(catalogue, code) ? catalogue[code] : undefined
  if (entry === undefined) return unknownCode(code)
  // The one place where parameters reach sentences unchecked: the proxy answers for each that is not there.
  const complete = withoutGaps(params, missing) as never
  return { message: entry.message(complete), fix: entry.fix(complete) }
}

/** An error with a stable code that a person reads about. Each area derives its own, typed by its catalogue. */
export class CodedError extends Error {
  readonly code: string
  readonly params: Params
  readonly description: Description

  constructor(catalogue: Messages, code: string, params: Params, options?: ErrorOptions) {
    const description = describeCode(catalogue, code, params)
    super(description.message.en, options)
    this.code = code
    this.params = params
    this.description = description
  }
}

function unknownCode(code: string): Description {
  return {
    message: {
      fr: `Une erreur inconnue de cette version est survenue (${code}).`,
      en: `Something went wrong that this version does not know (${code}).`,
    },
    fix: {
      fr: 'Lisez le journal, puis recommencez ; mettez à jour le serveur si le code reste inconnu.',
      en: 'Read the log, then try again; update the server if the code stays unknown.',
    },
  }
}

function withoutGaps(params: Params, missing: (name: string) => string): object {
  return new Proxy<Params>(params, {
    get: (given, name) => {
      if (typeof name === 'symbol') return undefined
      return Object.hasOwn(given, name) ? given[name] : stand(missing(name))
    },
  })
}

/** Stands for a parameter of any type: a text in a template, and a sentence where one is wanted. */
function stand(text: string): Sentence {
  return Object.assign(Object.create({ toString: () => text }), { fr: text, en: text })
}

/**
 * A quantity in both languages: `amount(size, formatBytes)`. The value is unknown because an agent of another version may
 * send something else than a number; that is shown as it is.
 */
export function amount(value: unknown, format: (value: number, locale: Locale) => string): Sentence {
  if (typeof value !== 'number') return { fr: String(value), en: String(value) }
  return { fr: format(value, 'fr'), en: format(value, 'en') }
}

/** Ends a sentence with the word that was probably meant; nothing when none is near. */
export function didYouMean(suggestion: string | null): Sentence {
  if (suggestion === null) return { fr: '', en: '' }
  return { fr: ` Vouliez-vous dire « ${suggestion} » ?`, en: ` Did you mean "${suggestion}"?` }
}
