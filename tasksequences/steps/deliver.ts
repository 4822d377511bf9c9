import { defineStep, noSettings } from './definition.ts'
import { restart } from './restart.ts'
import { shutDown } from './shut-down.ts'
import { verify } from './verify.ts'

/** The machine leaves the shop: the agent that slept in it goes, and with the run's end its record says delivered. */
export const deliver = defineStep({
  type: 'deliver',
  phases: ['windows'],
  title: { fr: 'Livrer', en: 'Deliver' },
  ...noSettings,
  followedBy: [restart.type, shutDown.type],
  weight: 2,
  needs: verify.type,
  once: true,
  ends: () => ({ agent: 'removed', delivered: true }),
})
