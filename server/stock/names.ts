import { recordStateNames } from '../../text/record-state-names.ts'
import type { Sentence } from '../../text/sentence.ts'
import type { RecordState } from './record.ts'

const names: Readonly<Record<RecordState, Sentence>> = recordStateNames

/** What people call one state. */
export function nameOf(state: RecordState): Sentence {
  return names[state]
}

/** What people call several states, with commas between. */
export function namesOf(states: readonly RecordState[]): Sentence {
  const named = states.map(nameOf)
  return { fr: named.map(({ fr }) => fr).join(', '), en: named.map(({ en }) => en).join(', ') }
}
