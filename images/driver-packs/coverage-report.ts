import type { Candidate } from './candidates.ts'
import type { InventoryDevice } from './device-ids.ts'
import { deviceKind, precisionMessages } from './device-descriptions.ts'
import type { Sentence } from '../../text/sentence.ts'
import type { DriverVer } from '../inf/driver-ver.ts'
import type { Cover, CoveredDevice } from './cover.ts'
import type { DriverMatch } from './match-drivers.ts'

/** One device of the report: `nobody` first, so that what is missing is read first. */
export type CoverageLine = {
  readonly address: string
  readonly hardwareId: string
  readonly state: Cover['by']
  readonly device: Sentence
  readonly driver: Sentence
}

/** Device by device, which driver it gets and why, as sentences; sorted by state, then by address. */
export function coverageReport({ devices }: DriverMatch): CoverageLine[] {
  const order: ReadonlyArray<Cover['by']> = ['nobody', 'driver', 'windows']
  return devices
    .toSorted(
      (one, other) =>
        order.indexOf(one.cover.by) - order.indexOf(other.cover.by) ||
        one.device.address.localeCompare(other.device.address, 'en'),
    )
    .map(lineOf)
}

function lineOf({ device, cover }: CoveredDevice): CoverageLine {
  return {
    address: device.address,
    hardwareId: device.hardwareId,
    state: cover.by,
    device: nameOf(device, cover),
    driver: driverMessage(cover),
  }
}

function nameOf(device: InventoryDevice, cover: Cover): Sentence {
  const described = device.description ?? (cover.by === 'driver' ? cover.best.model.description : null)
  return described === null ? deviceKind(device) : { fr: described, en: described }
}

function driverMessage(cover: Cover): Sentence {
  if (cover.by === 'windows') return { fr: 'pilote fourni par Windows', en: 'driver of Windows itself' }
  if (cover.by === 'driver') return chosenMessage(cover.best, cover.passedOver.length)
  if (cover.because === 'no-driver') return { fr: 'aucun pilote', en: 'no driver' }
  const { pack, driver } = cover.offered
  const place = `${pack.name}/${driver.inf}`
  const from = driver.osFrom === 0 ? '' : ` ≥ ${driver.osFrom}`
  const whom = `${driver.architectures.join(', ')}${from}`
  return {
    fr: `aucun pilote pour ce Windows (${place} ne sert que ${whom}, ou exclut ce périphérique)`,
    en: `no driver for this Windows (${place} serves only ${whom}, or excludes this device)`,
  }
}

function chosenMessage({ pack, driver, model, id, precision }: Candidate, others: number): Sentence {
  const place = `${pack.name}/${driver.inf}`
  const why = precisionMessages[precision]
  const fr = others === 0 ? '' : ` ; préféré à ${others} autre${others === 1 ? '' : 's'}`
  const en = others === 0 ? '' : `; preferred to ${others} other${others === 1 ? '' : 's'}`
  return {
    fr: `${place}${versionText(model.driverVer, 'fr')}, par ${why.fr} (${id})${fr}`,
    en: `${place}${versionText(model.driverVer, 'en')}, by ${why.en} (${id})${en}`,
  }
}

function versionText({ driverVersion, date }: DriverVer, language: 'fr' | 'en'): string {
  const day = date === null ? '' : language === 'fr' ? ` du ${date.split('-').toReversed().join('/')}` : ` of ${date}`
  return `${driverVersion === null ? '' : ` ${driverVersion}`}${day}`
}
