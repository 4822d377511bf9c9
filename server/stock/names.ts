import type { Sentence } from '../../text/sentence.ts'
import type { RecordState } from './record.ts'

const names: Readonly<Record<RecordState, Sentence>> = {
  received: { fr: 'reçue', en: 'received' },
  assembled: { fr: 'assemblée', en: 'assembled' },
  deploying: { fr: 'en préparation', en: 'deploying' },
  checking: { fr: 'à contrôler', en: 'checking' },
  ready: { fr: 'prête', en: 'ready' },
  reserved: { fr: 'réservée', en: 'reserved' },
  delivered: { fr: 'livrée', en: 'delivered' },
  attention: { fr: 'à voir', en: 'attention' },
  retired: { fr: 'sortie du stock', en: 'retired' },
}

/** What people call one state. */
export function nameOf(state: RecordState): Sentence {
  return names[state]
}

/** What people call several states, with commas between. */
export function namesOf(states: readonly RecordState[]): Sentence {
  const named = states.map(nameOf)
  return { fr: named.map(({ fr }) => fr).join(', '), en: named.map(({ en }) => en).join(', ') }
}

/** What people call the states of a record. */
export const stateNames: Readonly<Record<string, Sentence>> = names
