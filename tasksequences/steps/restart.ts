import { Type, type Static } from 'typebox'
import type { StepDefinition } from './definition.ts'

export const RestartInput = Type.Object({}, { additionalProperties: false })
export type RestartInput = Static<typeof RestartInput>

/** Done when the machine says so, just before it restarts. */
export const restart: StepDefinition<typeof RestartInput> = {
  type: 'restart',
  phases: ['environment', 'windows'],
  title: { fr: 'Redémarrer', en: 'Restart' },
  input: RestartInput,
  expects: {},
  weight: 1,
  writesDisk: false,
  restartFrom: null,
  needs: null,
  once: false,
  endsWithRestart: true,
}
