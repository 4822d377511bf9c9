import type { Sentence } from '../../agent/protocol/messages.ts'
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

/** What people call the states of a record. */
export const stateNames: Readonly<Record<string, Sentence>> = names
