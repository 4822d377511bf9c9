import type { RefusalWords } from '../../refusal.ts'

/** What the API adds to the catalogue's own refusals (server/catalogue/images/errors.ts). */
export const imageRefusals: RefusalWords = {
  IMAGE_IN_USE: {
    status: 409,
    message: ({ name = '', runs = 0 }) => ({
      fr: `« ${name} » sert à ${runs} préparation(s) en cours.`,
      en: `"${name}" is used by ${runs} deployment(s) going on.`,
    }),
    fix: () => ({
      fr: 'Attendre leur fin, ou les annuler, puis retirer l’image.',
      en: 'Wait until they end, or cancel them, then remove the image.',
    }),
  },
}
