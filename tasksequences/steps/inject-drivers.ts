import { Type, type Static } from 'typebox'
import { defineStep } from './definition.ts'
import { expectsBoolean } from './fields.ts'
import { applyImage } from './apply-image.ts'

export const InjectDriversInput = Type.Object(
  {
    /** `matching`: what this machine's devices need, from all packs. Or packs by name, whole. */
    packs: Type.Optional(
      Type.Union([
        Type.Literal('matching'),
        Type.Array(Type.String({ minLength: 1, maxLength: 128 }), { minItems: 1, maxItems: 64 }),
      ]),
    ),
    /** Goes on although the storage controller is in VMD or RAID mode, since a pack holds its driver. */
    allowRaid: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type InjectDriversInput = Static<typeof InjectDriversInput>

/** Copies the drivers this machine needs to the disk, where Windows installs them before it needs a network. */
export const injectDrivers = defineStep({
  type: 'inject-drivers',
  phases: ['environment'],
  title: { fr: 'Copier les pilotes', en: 'Copy the drivers' },
  input: InjectDriversInput,
  fields: {
    packs: {
      label: { fr: 'Lots de pilotes', en: 'Driver packs' },
      expects: { fr: '« matching » ou une liste de lots de pilotes', en: '"matching" or a list of driver packs' },
      choices: {
        matching: { fr: 'ce que les périphériques du poste demandent', en: 'what the machine’s devices need' },
      },
      of: 'driver-packs',
      standard: 'matching',
    },
    allowRaid: {
      label: { fr: 'Accepter le mode RAID ou VMD', en: 'Accept RAID or VMD mode' },
      expects: expectsBoolean,
      standard: false,
    },
  },
  weight: 8,
  writesDisk: true,
  needs: applyImage.type,
  once: true,
  takes: ({ packs = 'matching' }) => ({ drivers: packs }),
})
