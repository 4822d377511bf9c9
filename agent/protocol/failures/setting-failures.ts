import type { Messages } from '../../../text/messages.ts'
import type { Sentence } from '../../../text/sentence.ts'

/** Failures of setting up Windows. */
export const settingFailures = {
  SETTINGS_FAILED: {
    message: ({ settings }: { settings: Sentence }) => ({
      fr: `Ces réglages de Windows n’ont pas pu être faits : ${settings.fr}. Les autres le sont.`,
      en: `These settings of Windows could not be made: ${settings.en}. The others are.`,
    }),
    fix: () => ({
      fr: 'Le détail donne les mots de Windows ; corrigez l’étape dans la séquence ou retirez-en ce que ce poste ne permet pas, puis reprenez.',
      en: 'The detail has Windows’ own words; correct the step in the sequence, or take out what this machine does not allow, then retry.',
    }),
  },
  COMPUTER_NAME_UNUSABLE: {
    message: ({ rule }: { rule: string }) => ({
      fr: `« ${rule} » ne donne pas à ce poste un nom que Windows accepte.`,
      en: `"${rule}" gives this machine no name that Windows takes.`,
    }),
    fix: () => ({
      fr: 'Un nom a 15 caractères au plus : lettres sans accent, chiffres et tirets, pas que des chiffres. Vérifiez aussi que le poste a un numéro de série.',
      en: 'A name has at most 15 characters: letters without accents, digits and hyphens, not digits alone. Check also that the machine has a serial number.',
    }),
  },
} satisfies Messages
