import { Type, type Static } from 'typebox'
import { defineStep } from './definition.ts'
import { expectsBoolean, expectsFirmware, expectsSize, Firmware, Size } from './fields.ts'

export const CheckHardwareInput = Type.Object(
  {
    memoryAtLeast: Type.Optional(Size),
    /** Size of the largest internal disk. */
    diskAtLeast: Type.Optional(Size),
    /** Whether a TPM 2.0 has to be there. */
    tpm: Type.Optional(Type.Boolean()),
    /** Whether Secure Boot has to be on. */
    secureBoot: Type.Optional(Type.Boolean()),
    /** The firmware's version, this or a later one; of a list, the one of the machine's family counts. */
    firmwareAtLeast: Type.Optional(Firmware),
    /**
     * Goes on although a storage controller is in VMD or RAID mode. A step knows its own settings only, so
     * `inject-drivers` has the same setting: here it keeps the run from stopping before the disk is erased, there after.
     */
    allowRaid: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type CheckHardwareInput = Static<typeof CheckHardwareInput>

/** Stops before anything is written when the machine is not what the sequence needs. */
export const checkHardware = defineStep({
  type: 'check-hardware',
  phases: ['environment'],
  title: { fr: 'Vérifier le matériel', en: 'Check the hardware' },
  input: CheckHardwareInput,
  fields: {
    memoryAtLeast: {
      label: { fr: 'Mémoire au moins', en: 'Memory at least' },
      expects: expectsSize,
    },
    diskAtLeast: {
      label: { fr: 'Plus grand disque au moins', en: 'Largest disk at least' },
      expects: expectsSize,
    },
    tpm: {
      label: { fr: 'TPM 2.0 exigé', en: 'TPM 2.0 required' },
      expects: expectsBoolean,
    },
    secureBoot: {
      label: { fr: 'Secure Boot exigé', en: 'Secure Boot required' },
      expects: expectsBoolean,
    },
    firmwareAtLeast: {
      label: { fr: 'Version de BIOS au moins', en: 'Firmware version at least' },
      expects: expectsFirmware,
      help: {
        fr: 'Une par famille de cartes mères : celle du poste compte.',
        en: 'One a family of boards: the machine’s own counts.',
      },
    },
    allowRaid: {
      label: { fr: 'Accepter le mode RAID ou VMD', en: 'Accept RAID or VMD mode' },
      expects: expectsBoolean,
      help: {
        fr: 'Quand un lot de pilotes contient celui du contrôleur.',
        en: 'When a driver pack holds the controller’s driver.',
      },
      standard: false,
    },
  },
  weight: 1,
})
