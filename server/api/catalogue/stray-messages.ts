import type { Sentence } from '../../../text/sentence.ts'
import type { Updates } from '../../catalogue/updates/updates.ts'
import type { StrayView } from './schema.ts'

const updateMessages: Readonly<Record<Updates['strays'][number]['because'], Sentence>> = {
  'not-an-update': {
    fr: 'n’est pas une mise à jour : il faut un fichier .msu ou .cab',
    en: 'is no update: it takes an .msu or .cab file',
  },
  empty: {
    fr: 'ne contient aucun fichier .msu ou .cab directement dans le dossier',
    en: 'has no .msu or .cab file directly in the folder',
  },
  'target-missing': {
    fr: 'ne contient pas la mise à jour dont il porte le numéro',
    en: 'does not hold the update it is named by',
  },
}

/** What lies among the updates and is none. */
export function updateStrays({ strays, unread }: Updates, folder: string): StrayView[] {
  const whole = unread === null ? [] : [{ path: folder, message: unreadMessage(unread) }]
  return [...whole, ...strays.map(({ path, because }) => ({ path, message: updateMessages[because] }))]
}

function unreadMessage(reason: string): Sentence {
  return { fr: `n’a pas pu être lu (${reason})`, en: `could not be read (${reason})` }
}

/** Files that lie beside the driver packs, in none. */
export function driverStrays(names: readonly string[]): StrayView[] {
  return names.map((path) => ({
    path,
    message: {
      fr: 'n’est dans aucun lot : décompressez-le dans un dossier à son nom',
      en: 'is in no pack: unpack it into a folder of its own',
    },
  }))
}
