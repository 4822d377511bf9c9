import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import type { Sentence } from '../../text/sentence.ts'

/** The server that holds a lock, as it wrote itself down for the one that comes second. */
export const Holder = Type.Object({
  pid: Type.Integer({ minimum: 1 }),
  host: Type.String({ maxLength: 255 }),
  since: Type.String({ maxLength: 40 }),
  /** Where it answers, once it does. */
  url: Type.Union([Type.String({ maxLength: 300 }), Type.Null()]),
})
export type Holder = Static<typeof Holder>

/** Reads what a holder wrote; null when it is not that, since a kill may have left half of it. */
export function parseHolder(text: string): Holder | null {
  try {
    const value: unknown = JSON.parse(text)
    return Value.Check(Holder, value) ? value : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** The end of "… is used by another server:". */
export function describeHolder(holder: Holder | null): Sentence {
  if (holder === null) return { fr: 'il ne dit pas lequel', en: 'it does not say which' }
  const { pid, host, since, url } = holder
  const place = url === null ? '' : `, ${url}`
  return {
    fr: `processus ${pid} de l’ordinateur ${host}, depuis ${since}${place}`,
    en: `process ${pid} of the computer ${host}, since ${since}${place}`,
  }
}
