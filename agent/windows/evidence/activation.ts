import type { EvidenceItem } from '../../protocol/evidence.ts'
import type { Sentence } from '../../../text/sentence.ts'
import { expected, unmeasured } from './item.ts'
import type { WindowsMeasured } from './measurements.ts'

/** SoftwareLicensingProduct.LicenseStatus (Microsoft, "SoftwareLicensingProduct class"). */
const statuses: readonly Sentence[] = [
  { fr: 'sans licence', en: 'unlicensed' },
  { fr: 'activé', en: 'activated' },
  { fr: 'période de grâce', en: 'grace period' },
  { fr: 'période de grâce (matériel changé)', en: 'grace period (hardware changed)' },
  { fr: 'période de grâce (non authentique)', en: 'grace period (not genuine)' },
  { fr: 'non activé', en: 'not activated' },
  { fr: 'période de grâce prolongée', en: 'extended grace period' },
]
const licensed = 1

const about = { id: 'activation', title: { fr: 'Activation de Windows', en: 'Windows activation' } }
const wanted: Sentence = { fr: 'activé', en: 'activated' }

type Licence = NonNullable<WindowsMeasured['licence']>

/**
 * Activated, and nothing less: a key in the firmware has been tried by then (`activate`), and one that Microsoft refuses
 * would be the customer's trouble. `refused` says why it was not. Pure.
 */
export function activationItems(
  { licence, version }: Pick<WindowsMeasured, 'licence' | 'version'>,
  refused: Sentence | null = null,
): EvidenceItem[] {
  if (licence === null) return [unmeasured(about, wanted)]
  const status = statuses[licence.statuses[0] ?? 0] ?? { fr: 'état inconnu', en: 'unknown state' }
  const fits = firmwareKeyFits(licence, version?.edition ?? null)
  const told = withDetails(status, licence, fits)
  const isDone = isActivated(licence)
  const measured =
    isDone || refused === null ? told : { fr: `${told.fr} ; ${refused.fr}`, en: `${told.en}; ${refused.en}` }
  return [expected(about, wanted, measured, isDone)]
}

/** Whether one of Windows' products is licensed. Pure. */
export function isActivated({ statuses: found }: Licence): boolean {
  return found.includes(licensed)
}

/**
 * Whether the firmware has a key, and for this edition: `[4.0] Professional OEM:DM` is for EDITIONID Professional; a
 * firmware that does not say is believed. Pure.
 */
export function firmwareKeyFits({ firmwareKey, firmwareEdition }: Licence, edition: string | null): boolean {
  const [, named] = /^\[[\d.]+\]\s+(\S+)/.exec(firmwareEdition) ?? []
  return firmwareKey && (named === undefined || edition === null || named.toLowerCase() === edition.toLowerCase())
}

function withDetails(status: Sentence, licence: Licence, fits: boolean): Sentence {
  const [, channel] = /,\s*(\S+) channel/i.exec(licence.channel) ?? []
  const of = channel === undefined ? '' : ` (${channel})`
  const key = licence.firmwareKey
    ? fits
      ? { fr: 'clé dans le BIOS', en: 'key in the firmware' }
      : { fr: 'clé du BIOS pour une autre édition', en: 'the firmware’s key is for another edition' }
    : { fr: 'pas de clé dans le BIOS', en: 'no key in the firmware' }
  return { fr: `${status.fr}${of}, ${key.fr}`, en: `${status.en}${of}, ${key.en}` }
}
