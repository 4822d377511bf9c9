import { Type, type Static } from 'typebox'
import { defineStep } from './definition.ts'
import { expectsBoolean } from './fields.ts'

const Kind = Type.Union([
  Type.Literal('security'),
  Type.Literal('quality'),
  Type.Literal('drivers'),
  Type.Literal('optional'),
])
export type UpdateKind = Static<typeof Kind>

export const WindowsUpdateInput = Type.Object(
  {
    /** All four by default. */
    include: Type.Optional(Type.Array(Kind, { minItems: 1, maxItems: 4 })),
    /** A search, what it finds, and the restart it wants: at most so many times; 7 by default. */
    passes: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
    /** Whether the packages of our own catalogue go first; true by default. */
    offline: Type.Optional(Type.Boolean()),
    /** Never installed: `KB5012170`, or a part of a title. */
    skip: Type.Optional(Type.Array(Type.String({ minLength: 3, maxLength: 128 }), { maxItems: 64 })),
  },
  { additionalProperties: false },
)
export type WindowsUpdateInput = Static<typeof WindowsUpdateInput>

/** Windows' own updates, over as many restarts as they want. */
export const windowsUpdate = defineStep({
  type: 'windows-update',
  phases: ['windows'],
  title: { fr: 'Mettre Windows à jour', en: 'Update Windows' },
  input: WindowsUpdateInput,
  fields: {
    include: {
      label: { fr: 'Mises à jour', en: 'Updates' },
      expects: {
        fr: 'une liste de « security », « quality », « drivers », « optional »',
        en: 'a list of "security", "quality", "drivers", "optional"',
      },
      choices: {
        security: { fr: 'sécurité', en: 'security' },
        quality: { fr: 'qualité', en: 'quality' },
        drivers: { fr: 'pilotes', en: 'drivers' },
        optional: { fr: 'facultatives', en: 'optional' },
      },
      help: { fr: 'Toutes, sans ce choix.', en: 'All of them, without this choice.' },
    },
    passes: {
      label: { fr: 'Recherches au plus', en: 'Searches at most' },
      expects: { fr: 'un nombre de 1 à 20', en: 'a number from 1 to 20' },
      standard: 7,
      help: {
        fr: 'Une recherche, ce qu’elle trouve, et le redémarrage qu’il demande.',
        en: 'A search, what it finds, and the restart it wants.',
      },
    },
    offline: {
      label: { fr: 'D’abord celles du catalogue', en: 'Those of the catalogue first' },
      expects: expectsBoolean,
      standard: true,
    },
    skip: {
      label: { fr: 'Jamais', en: 'Never' },
      expects: { fr: 'une liste, par exemple [KB5012170]', en: 'a list, for example [KB5012170]' },
      help: { fr: 'Un numéro KB, ou une partie du titre.', en: 'A KB number, or a part of the title.' },
    },
  },
  weight: 1500,
  takes: ({ offline = true }) => ({ updates: offline }),
})
