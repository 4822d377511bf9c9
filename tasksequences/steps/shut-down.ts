import { defineStep, noSettings } from './definition.ts'

/** Done when the machine says so, just before it switches off. */
export const shutDown = defineStep({
  type: 'shut-down',
  phases: ['environment', 'windows'],
  title: { fr: 'Éteindre', en: 'Shut down' },
  ...noSettings,
  weight: 1,
  endsWith: 'shut-down',
})
