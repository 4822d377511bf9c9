import { Value } from 'typebox/value'
import { Evidence, type EvidenceItem } from '../../../agent/protocol/evidence.ts'
import type { Failure } from '../../../agent/protocol/messages.ts'
import { runFailure } from '../failure-messages.ts'

/** What the result of a check says. `evidence` is kept whatever it says; `failure` is why it does not count as done. */
export type Verification = { evidence: Evidence | null; failure: Failure | null }

/** A person reads a sentence, not a list of forty. */
const MOST_TITLES = 3

function titles(failed: readonly EvidenceItem[], language: 'fr' | 'en'): string {
  const named = failed.slice(0, MOST_TITLES).map(({ title }) => title[language])
  return `${named.join(', ')}${failed.length > MOST_TITLES ? '…' : ''}`
}

/** Reads the result of `verify`. One that proves nothing, or is of another shape, is no proof. Pure and total. */
export function readVerification(result: Record<string, unknown>): Verification {
  if (!Value.Check(Evidence, result) || result.items.length === 0) {
    return { evidence: null, failure: runFailure('VERIFY_UNREADABLE', {}) }
  }
  const { items } = Value.Clean(Evidence, structuredClone(result)) as Evidence
  const failed = items.filter(({ verdict }) => verdict === 'failed')
  // The items are what people see: `passed` beside a failed one is not believed.
  if (failed.length === 0 && result.passed) return { evidence: { passed: true, items }, failure: null }
  const params = { count: failed.length, titles: { fr: titles(failed, 'fr'), en: titles(failed, 'en') } }
  return { evidence: { passed: false, items }, failure: runFailure('VERIFY_FAILED', params) }
}
