import { Type, type Static } from 'typebox'
import { defineStep } from './definition.ts'
import { expectsBoolean } from './fields.ts'
import { OemInput } from './prepare-windows.ts'

export const SetWindowsInput = Type.Object(
  {
    /** `workshop` never sleeps; the others are Windows' own plans. */
    power: Type.Optional(
      Type.Union([
        Type.Literal('workshop'),
        Type.Literal('balanced'),
        Type.Literal('high-performance'),
        Type.Literal('power-saver'),
      ]),
    ),
    computerName: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    /** Shown beside the name in Windows' networks. */
    description: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
    /** Label of drive C:. */
    driveLabel: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
    oem: Type.Optional(OemInput),
    /** File explorer shows endings, opens on "This PC", offers no advertising. */
    tidyExplorer: Type.Optional(Type.Boolean()),
    /** Task bar without widgets, chat and search box, desktop without what installers left, for every user to come. */
    tidyDesktop: Type.Optional(Type.Boolean()),
    /** Hibernation and fast start-up. */
    hibernate: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false, minProperties: 1 },
)
export type SetWindowsInput = Static<typeof SetWindowsInput>

/** The shop's own settings of Windows. */
export const setWindows = defineStep({
  type: 'set-windows',
  phases: ['windows'],
  title: { fr: 'Régler Windows', en: 'Set up Windows' },
  input: SetWindowsInput,
  fields: {
    power: {
      label: { fr: 'Mise en veille', en: 'Power plan' },
      expects: {
        fr: '« workshop », « balanced », « high-performance » ou « power-saver »',
        en: '"workshop", "balanced", "high-performance" or "power-saver"',
      },
      choices: {
        workshop: { fr: 'jamais, pour l’atelier', en: 'never, for the workshop' },
        balanced: { fr: 'utilisation normale', en: 'balanced' },
        'high-performance': { fr: 'performances élevées', en: 'high performance' },
        'power-saver': { fr: 'économie d’énergie', en: 'power saver' },
      },
    },
    computerName: {
      label: { fr: 'Nom du PC', en: 'Computer name' },
      expects: { fr: 'un nom, par exemple « PC-{serial} »', en: 'a name, for example "PC-{serial}"' },
    },
    description: {
      label: { fr: 'Description du PC', en: 'Description of the computer' },
      expects: { fr: 'un texte de 1 à 256 caractères', en: 'a text of 1 to 256 characters' },
      help: { fr: 'À côté du nom, sur le réseau.', en: 'Beside the name, on the network.' },
    },
    driveLabel: {
      label: { fr: 'Nom du lecteur C:', en: 'Label of drive C:' },
      expects: { fr: 'un nom de 1 à 32 caractères', en: 'a name of 1 to 32 characters' },
    },
    oem: {
      label: { fr: 'Fabricant et assistance', en: 'Maker and support' },
      expects: {
        fr: 'manufacturer, model, supportPhone, supportHours, supportUrl',
        en: 'manufacturer, model, supportPhone, supportHours, supportUrl',
      },
    },
    tidyExplorer: {
      label: { fr: 'Ranger l’explorateur', en: 'Tidy the explorer' },
      expects: expectsBoolean,
      help: {
        fr: 'Extensions visibles, « Ce PC » à l’ouverture, sans publicité.',
        en: 'Endings shown, opens on "This PC", no advertising.',
      },
    },
    tidyDesktop: {
      label: { fr: 'Ranger le bureau', en: 'Tidy the desktop' },
      expects: expectsBoolean,
      help: {
        fr: 'Barre des tâches sans widgets ni recherche, bureau sans les icônes des installateurs, pour tous les comptes à venir.',
        en: 'Task bar without widgets and search box, desktop without what installers left, for every user to come.',
      },
    },
    hibernate: {
      label: { fr: 'Veille prolongée et démarrage rapide', en: 'Hibernation and fast start-up' },
      expects: expectsBoolean,
    },
  },
  weight: 5,
})
