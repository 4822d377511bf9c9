import { Type, type Static } from 'typebox'
import type { StepDefinition } from './definition.ts'

export const ShutDownInput = Type.Object({}, { additionalProperties: false })
export type ShutDownInput = Static<typeof ShutDownInput>

/** Done when the machine says so, just before it switches off. */
export const shutDown: StepDefinition<typeof ShutDownInput> = {
  type: 'shut-down',
  phases: ['environment', 'windows'],
  title: { fr: 'Éteindre', en: 'Shut down' },
  input: ShutDownInput,
  expects: {},
  weight: 1,
  writesDisk: false,
  restartFrom: null,
  needs: null,
  once: false,
  endsWithRestart: true,
}
