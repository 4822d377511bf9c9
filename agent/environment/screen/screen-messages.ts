import type { Locale } from '../../../text/quantities.ts'

/** The texts of the machine's own screen. Narrow no-break spaces become plain ones there: console fonts lack them. */
const messages = {
  fr: {
    code: 'Code',
    address: 'Adresse',
    server: 'Serveur',
    looking: 'Recherche du serveur Établi…',
    waiting: 'En attente',
    waitingHint: 'Choisissez une image et une séquence pour ce poste dans l’atelier. Rien n’est écrit avant cela.',
    attention: 'INTERVENTION NÉCESSAIRE',
    step: 'Étape',
    of: 'sur',
    left: 'reste',
    lost: 'Serveur injoignable, nouvel essai',
    lostWorking: 'Le travail continue ; il sera annoncé au retour du serveur.',
    scan: 'Page de ce poste',
    restart: 'Le poste redémarre…',
    'shut-down': 'Le poste s’éteint…',
  },
  en: {
    code: 'Code',
    address: 'Address',
    server: 'Server',
    looking: 'Looking for the Établi server…',
    waiting: 'Waiting',
    waitingHint: 'Choose an image and a sequence for this machine on the bench board. Nothing is written before that.',
    attention: 'A PERSON IS NEEDED',
    step: 'Step',
    of: 'of',
    left: 'left',
    lost: 'Server out of reach, trying again',
    lostWorking: 'Work goes on; it will be reported when the server is back.',
    scan: 'This machine’s page',
    restart: 'The machine restarts…',
    'shut-down': 'The machine switches off…',
  },
} as const satisfies Record<Locale, Record<string, string>>

export type ScreenMessage = keyof (typeof messages)['fr'] & keyof (typeof messages)['en']

export function screenMessage(message: ScreenMessage, locale: Locale): string {
  return messages[locale][message]
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
