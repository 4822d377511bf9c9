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
  expects: {
    profile: { fr: '« ready-for-sale » ou « delivery »', en: '"ready-for-sale" or "delivery"' },
    allow: { fr: 'une liste de contrôles, par exemple [activation]', en: 'a list of checks, for example [activation]' },
    firmwareAtLeast: expectsFirmware,
  },
  weight: 20,
  takes: () => ({ software: 'of-run', profiles: 'of-run', updateLevels: true }),
  proves: true,
})
