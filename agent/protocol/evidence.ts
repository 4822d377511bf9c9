import { Type, type Static } from 'typebox'
import { Sentence } from './messages.ts'

/**
 * What `ready` rests on, item by item, as `verify` measured it. The step's result is an `Evidence`; the server keeps it
 * with the record, whatever the verdict.
 */
export const EvidenceItem = Type.Object({
  /** Stable, for people who allow a check to fail: `activation`, `device-problems`, `app:Microsoft.BingNews`. */
  id: Type.String({ maxLength: 192 }),
  title: Sentence,
  /** Null where nothing is expected: it is noted. */
  expected: Type.Union([Sentence, Type.Null()]),
  measured: Sentence,
  verdict: Type.Union([
    Type.Literal('passed'),
    Type.Literal('failed'),
    /** It failed, and the sequence lets it. */
    Type.Literal('allowed'),
    Type.Literal('noted'),
  ]),
})
export type EvidenceItem = Static<typeof EvidenceItem>

export const Evidence = Type.Object({
  /** No item has failed. */
  passed: Type.Boolean(),
  items: Type.Array(EvidenceItem, { maxItems: 1000 }),
})
export type Evidence = Static<typeof Evidence>
