import { Type, type Static } from 'typebox'
import { defineStep } from './definition.ts'

const Id = Type.String({ minLength: 1, maxLength: 64 })

export const InstallSoftwareInput = Type.Object(
  {
    /** Its id in the catalogue; what it needs is installed before it. */
    package: Type.Optional(Id),
    /** Several, in this order. Either this or `package`. */
    packages: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 64 })),
    /** `desktop` puts the package's shortcut on the desktop of all users. */
    shortcut: Type.Optional(Type.Union([Type.Literal('desktop'), Type.Literal('none')])),
    /** An installer that shows no sign of going on for so many minutes hangs; 20 by default. */
    stalledAfterMinutes: Type.Optional(Type.Number({ minimum: 0.01, maximum: 600 })),
  },
  { additionalProperties: false },
)
export type InstallSoftwareInput = Static<typeof InstallSoftwareInput>

/** The packages it names, one or several. */
const packagesOf = ({ package: one, packages = [] }: InstallSoftwareInput): string[] =>
  one === undefined ? packages : [one, ...packages]

/** Software of the catalogue: MSI, EXE or MSIX. */
export const installSoftware = defineStep({
  type: 'install-software',
  phases: ['windows'],
  title: { fr: 'Installer un logiciel', en: 'Install software' },
  input: InstallSoftwareInput,
  fields: {
    package: {
      label: { fr: 'Logiciel', en: 'Package' },
      expects: { fr: 'le nom d’un logiciel du catalogue', en: 'the id of a package in the catalogue' },
      of: 'software',
    },
    packages: {
      label: { fr: 'Plusieurs logiciels, dans cet ordre', en: 'Several packages, in this order' },
      expects: { fr: 'une liste de logiciels du catalogue', en: 'a list of packages of the catalogue' },
      of: 'software',
    },
    shortcut: {
      label: { fr: 'Raccourci sur le bureau', en: 'Shortcut on the desktop' },
      expects: { fr: '« desktop » ou « none »', en: '"desktop" or "none"' },
      choices: {
        desktop: { fr: 'oui', en: 'yes' },
        none: { fr: 'non', en: 'no' },
      },
    },
    stalledAfterMinutes: {
      label: { fr: 'Bloqué après', en: 'Hangs after' },
      expects: { fr: 'un nombre de minutes', en: 'a number of minutes' },
      unit: { fr: 'minutes sans signe de vie', en: 'minutes without a sign of life' },
      standard: 20,
    },
  },
  weight: 40,
  check: ({ package: one, packages: several }) =>
    (one === undefined) !== (several === undefined)
      ? null
      : {
          fr: 'il faut soit « package » (un logiciel), soit « packages » (plusieurs)',
          en: 'it takes either "package" (one) or "packages" (several)',
        },
  secretsIn: 'manifests',
  takes: (input) => ({ software: packagesOf(input) }),
  desktopShortcuts: (input) => (input.shortcut === 'desktop' ? packagesOf(input) : []),
})
