import type { Sentence } from './sentence.ts'

/**
 * What people call the states of a stock record, in messages and on the dashboard. French has them in the masculine, of
 * "le poste".
 */
export const recordStateNames = {
  received: { fr: 'reçu', en: 'received' },
  assembled: { fr: 'monté', en: 'assembled' },
  deploying: { fr: 'en préparation', en: 'deploying' },
  checking: { fr: 'en contrôle', en: 'checking' },
  ready: { fr: 'prêt à la vente', en: 'ready' },
  reserved: { fr: 'réservé', en: 'reserved' },
  delivered: { fr: 'livré', en: 'delivered' },
  attention: { fr: 'à voir', en: 'attention' },
  retired: { fr: 'sorti', en: 'retired' },
} as const satisfies Readonly<Record<string, Sentence>>
