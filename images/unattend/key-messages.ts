import type { Messages } from '../../text/messages.ts'
import type { Sentence } from '../../text/sentence.ts'
import type { KeyReason, KeyRefusal, SetupComplete } from './key-choice.ts'

/** Why no key was chosen, and what to do. */
export const keyRefusals = {
  'firmware-key-missing': {
    message: () => ({
      fr: 'Le firmware de ce poste ne contient pas de clé Windows.',
      en: 'This machine’s firmware holds no Windows key.',
    }),
    fix: () => ({
      fr: 'Choisissez la clé générique si le poste a une licence numérique, ou donnez une clé.',
      en: 'Choose the generic key if the machine has a digital licence, or give a key.',
    }),
  },
  'firmware-key-damaged': {
    message: () => ({
      fr: 'La table de licence du firmware (MSDM) est illisible.',
      en: 'The firmware’s licence table (MSDM) is unreadable.',
    }),
    fix: () => ({
      fr: 'Mettez le firmware à jour, ou donnez la clé du poste.',
      en: 'Update the firmware, or give the machine’s key.',
    }),
  },
  'firmware-key-for-other-edition': {
    message: () => ({
      fr: 'La clé du firmware est pour une autre édition que l’image.',
      en: 'The firmware’s key is for another edition than the image.',
    }),
    fix: () => ({
      fr: 'Choisissez l’image de l’édition achetée avec le poste, ou donnez une clé pour celle-ci.',
      en: 'Choose the image of the edition bought with the machine, or give a key for this one.',
    }),
  },
  'no-firmware-key-for-volume-edition': {
    message: () => ({
      fr: 'Aucun firmware ne porte de clé pour cette édition en volume.',
      en: 'No firmware carries a key for this volume edition.',
    }),
    fix: () => ({
      fr: 'Donnez la clé du contrat, ou choisissez la clé générique.',
      en: 'Give the contract’s key, or choose the generic one.',
    }),
  },
  'given-key-malformed': {
    message: () => ({
      fr: 'La clé donnée n’a pas la forme de cinq groupes de cinq caractères.',
      en: 'The key given is not five groups of five characters.',
    }),
    fix: () => ({
      fr: 'Recopiez la clé de son étiquette ou de sa facture.',
      en: 'Copy the key from its label or invoice again.',
    }),
  },
  'given-key-for-other-edition': {
    message: () => ({
      fr: 'La clé donnée installe une autre édition que celle de l’image.',
      en: 'The key given installs another edition than the image’s.',
    }),
    fix: () => ({
      fr: 'Choisissez l’image de cette édition, ou donnez une clé pour celle de l’image.',
      en: 'Choose the image of that edition, or give a key for the image’s.',
    }),
  },
  'no-generic-key': {
    message: () => ({
      fr: 'Il n’y a pas de clé générique connue pour cette édition.',
      en: 'No generic key is known for this edition.',
    }),
    fix: () => ({
      fr: 'Donnez une clé, ou laissez Windows prendre celle de l’image.',
      en: 'Give a key, or let Windows take the image’s own.',
    }),
  },
} satisfies Messages & Readonly<Record<KeyRefusal, object>>

/** Where the key of a decision comes from. */
export const keyReasons: Readonly<Record<KeyReason, Sentence>> = {
  'firmware-key': {
    fr: 'Windows prendra la clé du firmware si elle est pour cette édition.',
    en: 'Windows will take the firmware’s key if it is for this edition.',
  },
  'given-key': {
    fr: 'La clé donnée est écrite dans le fichier de réponses.',
    en: 'The key given is written into the answer file.',
  },
  'given-generic-key': {
    fr: 'La clé donnée est générique : elle installe l’édition mais n’active rien.',
    en: 'The key given is generic: it installs the edition but activates nothing.',
  },
  'generic-key': {
    fr: 'La clé générique installe l’édition ; une licence numérique l’activera en ligne.',
    en: 'The generic key installs the edition; a digital licence will activate it online.',
  },
  'generic-key-over-firmware': {
    fr: 'La clé générique passe avant celle du firmware, qui ne sera pas prise pendant l’installation.',
    en: 'The generic key goes before the firmware’s, which will not be taken during setup.',
  },
  'image-key': {
    fr: 'Aucune clé n’est écrite : Windows garde celle de l’image, et une licence numérique l’activera en ligne.',
    en: 'No key is written: Windows keeps the image’s own, and a digital licence will activate it online.',
  },
}

/** What becomes of SetupComplete.cmd, the trap of manufacturers’ keys. */
export const setupCompleteMessages: Readonly<Record<SetupComplete, Sentence>> = {
  'skipped-by-oem-key': {
    fr: 'Windows n’exécute pas SetupComplete.cmd quand une clé de constructeur est utilisée.',
    en: 'Windows does not run SetupComplete.cmd when a manufacturer’s key is used.',
  },
  'not-relied-on': {
    fr: 'SetupComplete.cmd peut être exécuté, mais rien ne le garantit.',
    en: 'SetupComplete.cmd may be run, but nothing guarantees it.',
  },
}
