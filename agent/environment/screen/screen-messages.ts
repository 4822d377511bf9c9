import type { Locale } from '../../../text/quantities.ts'
import type { Sentence } from '../../../text/sentence.ts'

/** What the machine’s own screen says. Narrow no-break spaces become plain ones there: console fonts lack them. */
const messages = {
  code: { fr: 'Code', en: 'Code' },
  address: { fr: 'Adresse', en: 'Address' },
  server: { fr: 'Serveur', en: 'Server' },
  looking: { fr: 'Recherche du serveur Établi…', en: 'Looking for the Établi server…' },
  waiting: { fr: 'En attente', en: 'Waiting' },
  waitingHint: {
    fr: 'Choisissez une image et une séquence pour ce poste dans l’atelier. Rien n’est écrit avant cela.',
    en: 'Choose an image and a sequence for this machine on the bench board. Nothing is written before that.',
  },
  attention: { fr: 'INTERVENTION NÉCESSAIRE', en: 'A PERSON IS NEEDED' },
  step: { fr: 'Étape', en: 'Step' },
  of: { fr: 'sur', en: 'of' },
  left: { fr: 'reste', en: 'left' },
  lost: { fr: 'Serveur injoignable, nouvel essai', en: 'Server out of reach, trying again' },
  lostWorking: {
    fr: 'Le travail continue ; il sera annoncé au retour du serveur.',
    en: 'Work goes on; it will be reported when the server is back.',
  },
  scan: { fr: 'Page de ce poste', en: 'This machine’s page' },
  restart: { fr: 'Le poste redémarre…', en: 'The machine restarts…' },
  'shut-down': { fr: 'Le poste s’éteint…', en: 'The machine switches off…' },
} satisfies Readonly<Record<string, Sentence>>

export type ScreenMessage = keyof typeof messages

/** One of the screen’s own messages in the language of its reader. */
export function screenMessage(message: ScreenMessage, locale: Locale): string {
  return messages[message][locale]
}

/** Only what Linux console fonts show: Latin-1, œ, €, block elements; look-alikes for typographic signs, `?` for the rest. */
export function toConsole(text: string): string {
  return text
    .replace(/[\s\u00a0\u2009\u202f]/g, ' ')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\u2013\u2014]/g, '-')
    .replaceAll('…', '...')
    .replaceAll('œ', 'oe')
    .replaceAll('Œ', 'OE')
    .normalize('NFC')
    .replace(/[^\x20-\x7e\u00a1-\u00ff█▀▄░▌]/g, '?')
}
