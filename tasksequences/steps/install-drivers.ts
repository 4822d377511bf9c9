import { Type, type Static } from 'typebox'
import { defineStep } from './definition.ts'
import { expectsBoolean } from './fields.ts'

export const InstallDriversInput = Type.Object(
  {
    /** Whether a device that still has a problem afterwards stops the run. */
    problemsStop: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type InstallDriversInput = Static<typeof InstallDriversInput>

/** Installs what `inject-drivers` copied, and says which devices still have a problem. */
export const installDrivers = defineStep({
  type: 'install-drivers',
  phases: ['windows'],
  title: { fr: 'Installer les pilotes', en: 'Install the drivers' },
  input: InstallDriversInput,
  fields: {
    problemsStop: {
      label: {
        fr: 'S’arrêter s’il reste un périphérique sans pilote',
        en: 'Stop when a device is left without a driver',
      },
      expects: expectsBoolean,
      standard: false,
    },
  },
  weight: 30,
  takes: () => ({ drivers: 'of-run' }),
})
