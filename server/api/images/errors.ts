import { refusalsOf, type Refusals } from '../../refusal/refusal.ts'

/** What the API adds to the catalogue's own refusals (server/catalogue/images/errors.ts). */
export const imageRefusals = {
  IMAGE_IN_USE: {
    status: 409,
    message: ({ name, runs }: { name: string; runs: number }) => ({
      fr: `« ${name} » sert à ${runs} préparation(s) en cours.`,
      en: `"${name}" is used by ${runs} run(s) going on.`,
    }),
    fix: () => ({
      fr: 'Attendez leur fin, ou annulez-les, puis retirez l’image.',
      en: 'Wait until they end, or cancel them, then remove the image.',
    }),
  },
} satisfies Refusals

/** A refusal about an image that the API alone can see. */
export const imageRefusal = refusalsOf(imageRefusals)
