import { Type, type Static } from 'typebox'
import { defineStep } from './definition.ts'
import { deliver } from './deliver.ts'
import { restart } from './restart.ts'
import { shutDown } from './shut-down.ts'

export const SealInput = Type.Object(
  {
    /**
     * `customer`: Windows greets its owner at the next start (OOBE), the workshop's account is gone. `account`: it stays,
     * without password. By default: the account for an agent that is kept, else the customer.
     */
    for: Type.Optional(Type.Union([Type.Literal('customer'), Type.Literal('account')])),
    /** `keep`: the agent sleeps until the pre-delivery check. `remove`, the default: nothing of Etabli stays. */
    agent: Type.Optional(Type.Union([Type.Literal('remove'), Type.Literal('keep')])),
    /** How long an agent that is kept sleeps before it goes by itself; 180 by default. */
    asleepForDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650 })),
  },
  { additionalProperties: false },
)
export type SealInput = Static<typeof SealInput>

/** Half a year on the shelf; a machine sold without the check before delivery is free of the shop after that. */
export const defaultAsleepDays = 180

/** Closes Windows for its owner; only `shut-down` or `restart` comes after it. */
export const seal = defineStep({
  type: 'seal',
  phases: ['windows'],
  title: { fr: 'Sceller', en: 'Seal' },
  input: SealInput,
  fields: {
    for: {
      label: { fr: 'Pour qui', en: 'For whom' },
      expects: { fr: '« customer » ou « account »', en: '"customer" or "account"' },
      choices: {
        customer: { fr: 'le client : Windows l’accueille', en: 'the customer: Windows greets him' },
        account: { fr: 'le compte reste, sans mot de passe', en: 'the account stays, without password' },
      },
      help: {
        fr: 'Sans ce choix : le compte si l’agent reste, sinon le client.',
        en: 'Without this choice: the account when the agent stays, else the customer.',
      },
    },
    agent: {
      label: { fr: 'Agent d’Établi', en: 'Établi’s agent' },
      expects: { fr: '« remove » ou « keep »', en: '"remove" or "keep"' },
      choices: {
        remove: { fr: 's’en va', en: 'goes' },
        keep: { fr: 'dort jusqu’au contrôle avant livraison', en: 'sleeps until the check before delivery' },
      },
      standard: 'remove',
    },
    asleepForDays: {
      label: { fr: 'Dort au plus', en: 'Sleeps at most' },
      expects: { fr: 'un nombre de jours, de 1 à 3650', en: 'a number of days, from 1 to 3650' },
      unit: { fr: 'jours', en: 'days' },
      standard: defaultAsleepDays,
    },
  },
  followedBy: [deliver.type, restart.type, shutDown.type],
  weight: 20,
  once: true,
  // Windows greets its owner at the next start: the agent would find a Windows that nobody has set up.
  check: ({ for: owner, agent, asleepForDays }) =>
    asleepForDays !== undefined && agent !== 'keep'
      ? {
          fr: 'seul un agent gardé dort (« asleepForDays » demande « agent: keep »)',
          en: 'only an agent that is kept sleeps ("asleepForDays" needs "agent: keep")',
        }
      : owner === 'customer' && agent === 'keep'
        ? {
            fr: 'un Windows scellé pour son client ne garde pas l’agent (« agent: keep » demande « for: account »)',
            en: 'a Windows sealed for its customer keeps no agent ("agent: keep" needs "for: account")',
          }
        : null,
  ends: ({ agent = 'remove' }) => ({ agent: agent === 'keep' ? 'stays' : 'removed', delivered: false }),
})
