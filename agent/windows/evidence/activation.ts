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
const wanted: Sentence = { fr: 'activé, ou clé dans le BIOS', en: 'activated, or a key in the firmware' }

/**
 * Activated, or sure to be at the customer's: the firmware holds a key of this edition, which Windows uses by itself as
 * soon as it has the Internet. Pure.
 */
export function activationItems({ licence, version }: Pick<WindowsMeasured, 'licence' | 'version'>): EvidenceItem[] {
  if (licence === null) return [unmeasured(about, wanted)]
  const isActivated = licence.statuses.includes(licensed)
  const status = statuses[licence.statuses[0] ?? 0] ?? { fr: 'état inconnu', en: 'unknown state' }
  const fits = licence.firmwareKey && keyFits(licence.firmwareEdition, version?.edition ?? null)
  return [expected(about, wanted, withDetails(status, licence, fits), isActivated || fits)]
}

/** `[4.0] Professional OEM:DM` is for EDITIONID Professional; a firmware that does not say is believed. */
function keyFits(described: string, edition: string | null): boolean {
  const [, named] = /^\[[\d.]+\]\s+(\S+)/.exec(described) ?? []
  return named === undefined || edition === null || named.toLowerCase() === edition.toLowerCase()
}

function withDetails(status: Sentence, licence: NonNullable<WindowsMeasured['licence']>, fits: boolean): Sentence {
  const [, channel] = /,\s*(\S+) channel/i.exec(licence.channel) ?? []
  const of = channel === undefined ? '' : ` (${channel})`
  const key = licence.firmwareKey
    ? fits
      ? { fr: 'clé dans le BIOS', en: 'key in the firmware' }
      : { fr: 'clé du BIOS pour une autre édition', en: 'the firmware’s key is for another edition' }
    : { fr: 'pas de clé dans le BIOS', en: 'no key in the firmware' }
  return { fr: `${status.fr}${of}, ${key.fr}`, en: `${status.en}${of}, ${key.en}` }
}
