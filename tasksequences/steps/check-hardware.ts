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
  expects: {
    memoryAtLeast: expectsSize,
    diskAtLeast: expectsSize,
    tpm: expectsBoolean,
    secureBoot: expectsBoolean,
    firmwareAtLeast: expectsFirmware,
    allowRaid: expectsBoolean,
  },
  weight: 1,
})
