import { Type, type Static } from 'typebox'
import { defineStep } from './definition.ts'

const ShortcutInput = Type.Object(
  {
    /** Without `.lnk`. */
    name: Type.String({ minLength: 1, maxLength: 128, pattern: '^[^\\\\/:*?"<>|\\x00-\\x1f]+$' }),
    /** A program's path, or an `https://` address. */
    target: Type.String({ minLength: 1, maxLength: 1024 }),
    arguments: Type.Optional(Type.String({ maxLength: 1024 })),
    icon: Type.Optional(Type.String({ minLength: 1, maxLength: 1024 })),
    /** `desktop` by default. */
    place: Type.Optional(Type.Union([Type.Literal('desktop'), Type.Literal('start-menu')])),
  },
  { additionalProperties: false },
)

export const CreateShortcutsInput = Type.Object(
  {
    shortcuts: Type.Optional(Type.Array(ShortcutInput, { minItems: 1, maxItems: 64 })),
    /** The shortcut of each of these packages, as its manifest gives it, on the desktop. */
    packages: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { minItems: 1, maxItems: 64 })),
  },
  { additionalProperties: false },
)
export type CreateShortcutsInput = Static<typeof CreateShortcutsInput>

/** Shortcuts for all users. */
export const createShortcuts = defineStep({
  type: 'create-shortcuts',
  phases: ['windows'],
  title: { fr: 'Créer les raccourcis', en: 'Create shortcuts' },
  input: CreateShortcutsInput,
  fields: {
    shortcuts: {
      label: { fr: 'Raccourcis', en: 'Shortcuts' },
      expects: {
        fr: 'une liste de { name, target, arguments, icon, place }',
        en: 'a list of { name, target, arguments, icon, place }',
      },
    },
    packages: {
      label: { fr: 'Raccourcis de logiciels', en: 'Shortcuts of packages' },
      expects: { fr: 'une liste de logiciels du catalogue', en: 'a list of packages of the catalogue' },
      of: 'software',
    },
  },
  weight: 2,
  check: ({ shortcuts, packages }) =>
    shortcuts !== undefined || packages !== undefined
      ? null
      : { fr: 'il faut « shortcuts » ou « packages »', en: 'it takes "shortcuts" or "packages"' },
  takes: ({ packages = [] }) => ({ software: packages }),
  desktopShortcuts: ({ packages = [] }) => packages,
})
