import { defineStep, noSettings } from './definition.ts'

/** Done when the machine says so, just before it restarts. */
export const restart = defineStep({
  type: 'restart',
  phases: ['environment', 'windows'],
  title: { fr: 'Redémarrer', en: 'Restart' },
  ...noSettings,
  weight: 1,
  endsWith: 'restart',
})
