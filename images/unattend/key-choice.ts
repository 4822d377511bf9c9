import { parseProductKey, type FirmwareKey, type ProductKey } from './firmware-key.ts'

/** Where the key comes from, as the sequence says. */
export type KeyPolicy =
  | { readonly from: 'firmware' }
  | { readonly from: 'given'; readonly key: string }
  | { readonly from: 'generic' }
  | { readonly from: 'none' }

/**
 * Whether Windows will run `Setup\Scripts\SetupComplete.cmd`. Microsoft: "This setting is disabled when using OEM
 * product keys, except on Enterprise editions and Windows Server". `not-relied-on` means it may run: nothing proves it.
 */
export type SetupComplete = 'skipped-by-oem-key' | 'not-relied-on'

export type KeyRefusal =
  | 'firmware-key-missing'
  | 'firmware-key-damaged'
  | 'firmware-key-for-other-edition'
  | 'no-firmware-key-for-volume-edition'
  | 'given-key-malformed'
  | 'given-key-for-other-edition'
  | 'no-generic-key'
export type KeyReason =
  'firmware-key' | 'given-key' | 'given-generic-key' | 'generic-key' | 'generic-key-over-firmware' | 'image-key'

/** `productKey` goes into the answer file as it is; null writes no element, so that the firmware's key is taken. */
export type KeyDecision =
  | {
      readonly kind: 'go'
      readonly productKey: ProductKey | null
      readonly reason: KeyReason
      readonly setupComplete: SetupComplete
    }
  | { readonly kind: 'refused'; readonly reason: KeyRefusal }

/** Keys that install an edition and activate nothing, by the image's EDITIONID. */
export const genericKeys: Readonly<Record<string, ProductKey>> = {
  Core: 'YTMG3-N6DKC-DKB77-7M9GH-8HVX7',
  CoreSingleLanguage: 'BT79Q-G7N6G-PGBYW-4YWX6-6F4BT',
  Professional: 'VK7JG-NPHTM-C97JM-9MPGT-3V66T',
  ProfessionalN: '2B87N-8KFHP-DKV6R-Y2C8J-PKCKT',
  Education: 'YNMGQ-8RYV3-4PGQ3-C8XTP-7CFBY',
  ProfessionalEducation: '8PTT6-RNW4C-6V7J2-C2D3X-MHBPB',
  ProfessionalWorkstation: 'DXG7C-N36C4-C4HTG-X4T3X-2YV77',
  Enterprise: 'XGVPP-NMH47-7TTHJ-W3FW7-8HV2C',
}

export type KeyQuestion = {
  /** EDITIONID of the image: `Professional`. */
  readonly imageEdition: string
  readonly firmware: FirmwareKey
  /** EDITIONID the firmware key is for, when somebody knows: a key does not say it without Microsoft's pidgenx. */
  readonly firmwareEdition: string | null
  readonly policy: KeyPolicy
}

/**
 * Decides which key the answer file gets.
 *
 * With a key in the firmware and none in the file, Windows takes the firmware's if its edition matches the image;
 * any key in the file goes before it.
 */
export function chooseKey(question: KeyQuestion): KeyDecision {
  const { policy } = question
  switch (policy.from) {
    case 'firmware':
      return fromFirmware(question)
    case 'given':
      return fromGiven(policy.key, question)
    case 'generic':
      return fromGeneric(question)
    case 'none':
      return question.firmware.state === 'present'
        ? go(null, 'firmware-key', question)
        : go(null, 'image-key', question)
    default:
      return policy satisfies never
  }
}

function fromFirmware(question: KeyQuestion): KeyDecision {
  const { firmware, firmwareEdition, imageEdition } = question
  if (isVolumeEdition(imageEdition)) return { kind: 'refused', reason: 'no-firmware-key-for-volume-edition' }
  if (firmware.state === 'absent') return { kind: 'refused', reason: 'firmware-key-missing' }
  if (firmware.state === 'damaged') return { kind: 'refused', reason: 'firmware-key-damaged' }
  if (firmwareEdition !== null && firmwareEdition !== imageEdition) {
    return { kind: 'refused', reason: 'firmware-key-for-other-edition' }
  }
  return go(null, 'firmware-key', question)
}

function fromGiven(text: string, question: KeyQuestion): KeyDecision {
  const key = parseProductKey(text)
  if (key === null) return { kind: 'refused', reason: 'given-key-malformed' }
  const generic = Object.entries(genericKeys).find(([, one]) => one === key)?.[0]
  // Of other keys nobody can say it without Microsoft's pidgenx; a wrong one stops Windows' setup.
  if (generic !== undefined && generic !== question.imageEdition) {
    return { kind: 'refused', reason: 'given-key-for-other-edition' }
  }
  return go(key, generic === undefined ? 'given-key' : 'given-generic-key', question)
}

function fromGeneric(question: KeyQuestion): KeyDecision {
  const key = Object.hasOwn(genericKeys, question.imageEdition) ? genericKeys[question.imageEdition] : undefined
  if (key === undefined) return { kind: 'refused', reason: 'no-generic-key' }
  return go(key, question.firmware.state === 'present' ? 'generic-key-over-firmware' : 'generic-key', question)
}

/** Any key in the firmware may become the machine's key, so its presence alone is reason to distrust the script. */
function go(productKey: ProductKey | null, reason: KeyReason, question: KeyQuestion): KeyDecision {
  const oem = question.firmware.state === 'present' && !isVolumeEdition(question.imageEdition)
  return { kind: 'go', productKey, reason, setupComplete: oem ? 'skipped-by-oem-key' : 'not-relied-on' }
}

/** Enterprise comes by volume licence only: no manufacturer puts its key into firmware. */
function isVolumeEdition(edition: string): boolean {
  return /^(?:Enterprise|IoTEnterprise|Server)/.test(edition)
}
