import type { Joining } from '../machines/decisions.ts'
import type { Machine } from '../machines/machine.ts'
import type { Sentence } from '../../text/sentence.ts'
import { enter, reasonIn, recordOf } from './record-changes.ts'
import type { StockParts } from './record-store.ts'
import type { StockRecord } from './record.ts'

function named({ code, serial, name }: Machine): string {
  return [name, serial, code].filter((part) => part !== null).join(', ')
}

/** What the history says from then on: which record went into this one. */
function joinedSentence(away: Machine): Sentence {
  return {
    fr: `Réuni avec la fiche de « ${named(away)} » : c’est un seul poste.`,
    en: `Joined with the record of "${named(away)}": it is one machine.`,
  }
}

/**
 * Before one machine’s record goes into another’s: the one that stays knows the facts of both and says so in its history.
 * Its state stays as it is.
 */
export async function joinRecords(parts: StockParts, { survivor, away, by, at }: Joining): Promise<StockRecord> {
  const [record, gone] = [await recordOf(parts, survivor.id), await recordOf(parts, away.id)]
  const facts = away.lastSeenAt > survivor.lastSeenAt ? [record.facts, gone.facts] : [gone.facts, record.facts]
  const known = { ...record, facts: Object.assign({}, ...facts) as StockRecord['facts'] }
  const { state } = record
  return enter(parts, known, state, { at, by, to: state, ...reasonIn(joinedSentence(away)), runId: null })
}
