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
  expects: {
    power: {
      fr: '« workshop », « balanced », « high-performance » ou « power-saver »',
      en: '"workshop", "balanced", "high-performance" or "power-saver"',
    },
    computerName: { fr: 'un nom, par exemple « PC-{serial} »', en: 'a name, for example "PC-{serial}"' },
    description: { fr: 'un texte de 1 à 256 caractères', en: 'a text of 1 to 256 characters' },
    driveLabel: { fr: 'un nom de 1 à 32 caractères', en: 'a name of 1 to 32 characters' },
    oem: {
      fr: 'manufacturer, model, supportPhone, supportHours, supportUrl',
      en: 'manufacturer, model, supportPhone, supportHours, supportUrl',
    },
    tidyExplorer: expectsBoolean,
    tidyDesktop: expectsBoolean,
    hibernate: expectsBoolean,
  },
  weight: 5,
})
