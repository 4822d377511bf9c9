import type { EvidenceItem } from '../../protocol/evidence.ts'
import type { Sentence } from '../../../text/sentence.ts'

/** Null: it could not be measured. */
export type Measured<Value> = Value | null

/** The same words in every language: names, versions. */
export function verbatim(text: string): Sentence {
  return { fr: text, en: text }
}

/** Several sentences as one, each language by itself. */
export function joined(sentences: readonly Sentence[], between = ', '): Sentence {
  return { fr: sentences.map(({ fr }) => fr).join(between), en: sentences.map(({ en }) => en).join(between) }
}

/** As long as a list may be in one sentence; the rest is counted. */
export function shortened(texts: readonly string[], most = 8): Sentence {
  const shown = texts.slice(0, most).join(', ')
  const left = texts.length - most
  return left <= 0 ? verbatim(shown) : { fr: `${shown} et ${left} de plus`, en: `${shown} and ${left} more` }
}

/** What stands in place of a measurement that failed; the step's log has the reason. */
export const notMeasured: Sentence = { fr: 'non mesuré', en: 'not measured' }

type About = Pick<EvidenceItem, 'id' | 'title'>

/** An item that has to hold. */
export function expected(about: About, wanted: Sentence, measured: Sentence, holds: boolean): EvidenceItem {
  return { ...about, expected: wanted, measured, verdict: holds ? 'passed' : 'failed' }
}

/** An item that had to hold and could not be measured: what nobody has seen is no evidence. */
export function unmeasured(about: About, wanted: Sentence): EvidenceItem {
  return { ...about, expected: wanted, measured: notMeasured, verdict: 'failed' }
}

/** An item nothing is expected of. */
export function noted(about: About, measured: Measured<Sentence>): EvidenceItem {
  return { ...about, expected: null, measured: measured ?? notMeasured, verdict: 'noted' }
}
