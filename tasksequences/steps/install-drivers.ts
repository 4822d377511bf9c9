import { Type, type Static } from 'typebox'
import type { StepDefinition } from './definition.ts'
import { expectsBoolean } from './fields.ts'

export const InstallDriversInput = Type.Object(
  {
    /** Whether a device that still has a problem afterwards stops the run. */
    problemsStop: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type InstallDriversInput = Static<typeof InstallDriversInput>

/** Installs what `inject-drivers` laid down, and says which devices still have a problem. */
export const installDrivers: StepDefinition<typeof InstallDriversInput> = {
  type: 'install-drivers',
  phases: ['windows'],
  title: { fr: 'Installer les pilotes', en: 'Install the drivers' },
  input: InstallDriversInput,
  expects: { problemsStop: expectsBoolean },
  weight: 30,
  writesDisk: false,
  restartFrom: null,
  needs: null,
  once: false,
  endsWithRestart: false,
}
