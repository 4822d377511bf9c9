import { Type, type Static } from 'typebox'
import { defineStep } from './definition.ts'
import { expectsFirmware, Firmware } from './fields.ts'

export const VerifyInput = Type.Object(
  {
    /** `ready-for-sale`: all the evidence. `delivery`: what can have changed in stock. */
    profile: Type.Optional(Type.Union([Type.Literal('ready-for-sale'), Type.Literal('delivery')])),
    /** Evidence that is measured and shown, but may fail, by its id: `activation`. */
    allow: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { maxItems: 64 })),
    /** The firmware's version, this or a later one; of a list, the one of the machine's family counts. */
    firmwareAtLeast: Type.Optional(Firmware),
  },
  { additionalProperties: false },
)
export type VerifyInput = Static<typeof VerifyInput>

/** Measures the evidence that `ready` rests on: each item with what was expected, what was found and the verdict. */
export const verify = defineStep({
  type: 'verify',
  phases: ['windows'],
  title: { fr: 'Contrôler', en: 'Check' },
  input: VerifyInput,
  fields: {
    profile: {
      label: { fr: 'Contrôles', en: 'Checks' },
      expects: { fr: '« ready-for-sale » ou « delivery »', en: '"ready-for-sale" or "delivery"' },
      choices: {
        'ready-for-sale': { fr: 'prêt à la vente : tout', en: 'ready for sale: everything' },
        delivery: { fr: 'avant livraison : ce qui a pu changer', en: 'before delivery: what can have changed' },
      },
      standard: 'ready-for-sale',
    },
    allow: {
      label: { fr: 'Contrôles qui peuvent échouer', en: 'Checks that may fail' },
      expects: {
        fr: 'une liste de contrôles, par exemple [activation]',
        en: 'a list of checks, for example [activation]',
      },
      help: { fr: 'Ils sont mesurés et montrés, sans arrêter.', en: 'They are measured and shown, and stop nothing.' },
    },
    firmwareAtLeast: {
      label: { fr: 'Version de BIOS au moins', en: 'Firmware version at least' },
      expects: expectsFirmware,
    },
  },
  weight: 20,
  takes: () => ({ software: 'of-run', profiles: 'of-run' }),
  proves: true,
})
