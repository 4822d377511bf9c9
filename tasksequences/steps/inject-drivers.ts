import { Type, type Static } from 'typebox'
import { defineStep } from './definition.ts'
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
  expects: {
    packs: { fr: '« matching » ou une liste de lots de pilotes', en: '"matching" or a list of driver packs' },
    allowRaid: { fr: 'true ou false', en: 'true or false' },
  },
  weight: 8,
  writesDisk: true,
  needs: applyImage.type,
  once: true,
  takes: ({ packs = 'matching' }) => ({ drivers: packs }),
})
