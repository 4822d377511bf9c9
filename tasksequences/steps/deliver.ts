import { Type, type Static } from 'typebox'
import type { StepDefinition } from './definition.ts'

export const DeliverInput = Type.Object({}, { additionalProperties: false })
export type DeliverInput = Static<typeof DeliverInput>

/** The machine leaves the shop: the agent that slept in it goes, and with the run's end its record says delivered. */
export const deliver: StepDefinition<typeof DeliverInput> = {
  type: 'deliver',
  phases: ['windows'],
  title: { fr: 'Livrer', en: 'Deliver' },
  input: DeliverInput,
  expects: {},
  followedBy: ['restart', 'shut-down'],
  weight: 2,
  writesDisk: false,
  restartFrom: null,
  needs: 'verify',
  once: true,
  endsWithRestart: false,
}
