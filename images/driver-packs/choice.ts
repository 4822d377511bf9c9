import type { WindowsTarget } from '../inf/target-os.ts'
import {
  candidatesFor,
  compareAge,
  compareText,
  modelsFor,
  type Candidate,
  type CandidateTable,
  type Offered,
} from './candidates.ts'
import { isAudioController, isBehindAudio } from './audio.ts'
import type { CoveredDevice } from './cover.ts'
import type { InventoryDevice, Precision } from './device-ids.ts'
import type { PackDriver } from './driver-pack.ts'
import { idsOf } from './index-pack.ts'

/** Why a driver is installed. */
export type Reason =
  | { readonly because: 'device'; readonly address: string; readonly id: string; readonly precision: Precision }
  /** It names what is behind this audio controller: the codec, or a part of its signal processor. */
  | { readonly because: 'audio'; readonly address: string; readonly id: string }
  /** It extends the driver of a device. */
  | { readonly because: 'extension'; readonly address: string; readonly id: string }
  /** It is a component that another chosen driver creates. */
  | { readonly because: 'component'; readonly id: string; readonly of: string }
  /** The pack is made for this board, and its devices are on a bus the inventory cannot see (HD Audio, sensors…). */
  | { readonly because: 'board' }

export type ChosenDriver = Offered & { readonly reasons: readonly Reason[] }

type Choosing = {
  readonly devices: readonly CoveredDevice[]
  readonly near: readonly Offered[]
  readonly table: CandidateTable
  readonly windows: WindowsTarget
}

type Choice = Map<PackDriver, { readonly offered: Offered; readonly reasons: Reason[] }>

/** The drivers to install: each device's own, its extensions, what no inventory shows, and the components of all these. */
export function chooseDrivers(choosing: Choosing): ChosenDriver[] {
  const chosen: Choice = new Map()
  for (const { device, cover } of choosing.devices) {
    if (cover.by === 'driver') {
      // Of those that fit equally well Windows itself decides, by what it knows besides: its own order of signatures above all.
      for (const one of [cover.best, ...cover.passedOver.filter((other) => isEqualOf(cover.best, other))])
        add(chosen, one, { because: 'device', address: device.address, id: one.id, precision: one.precision })
    }
    const extensions = new Map<string, string>()
    for (const candidate of candidatesFor(device, choosing.table)) {
      const { driver, id } = candidate
      const extension = driver.extensionId ?? driver.inf
      if (driver.kind !== 'extension' || extensions.has(extension)) continue
      extensions.set(extension, driver.inf)
      add(chosen, candidate, { because: 'extension', address: device.address, id })
    }
  }
  for (const { device } of choosing.devices) if (isAudioController(device)) addAudio(chosen, device, choosing)
  for (const offered of choosing.near) {
    if (offered.fit === 'model' && isUnseen(offered.driver, choosing.windows))
      add(chosen, offered, { because: 'board' })
  }
  addComponents(chosen, choosing)
  return [...chosen.values()]
    .map(({ offered: { pack, fit, driver }, reasons }): ChosenDriver => ({ pack, fit, driver, reasons }))
    .toSorted(
      (one, other) => compareText(one.pack.name, other.pack.name) || compareText(one.driver.inf, other.driver.inf),
    )
}

/** Whether another driver fits as well; the very same one, from another pack, is none. */
function isEqualOf(best: Candidate, other: Candidate): boolean {
  const isSame =
    fileOf(best.driver) === fileOf(other.driver) && compareAge(best.model.driverVer, other.model.driverVer) === 0
  return other.rank === best.rank && !isSame
}

function fileOf({ inf }: PackDriver): string {
  return inf.slice(inf.lastIndexOf('/') + 1).toLowerCase()
}

function add(chosen: Choice, offered: Offered, reason: Reason): void {
  const known = chosen.get(offered.driver)
  if (known === undefined) chosen.set(offered.driver, { offered, reasons: [reason] })
  else known.reasons.push(reason)
}

/** Of one INF in several packs the newest; that Windows takes the best of several INFs is its own affair. */
function addAudio(chosen: Choice, device: InventoryDevice, { near, windows }: Choosing): void {
  const found = near
    .filter(({ driver }) => driver.kind !== 'component')
    .flatMap((offered) =>
      modelsFor(offered.driver, windows).flatMap((model) => {
        const id = idsOf(model).find((one) => isBehindAudio(one, device))
        return id === undefined ? [] : [{ offered, model, id }]
      }),
    )
    .toSorted((one, other) => compareAge(other.model.driverVer, one.model.driverVer))
  const seen = new Set<string>()
  for (const { offered, id } of found) {
    const file = fileOf(offered.driver)
    if (seen.has(file)) continue
    seen.add(file)
    add(chosen, offered, { because: 'audio', address: device.address, id })
  }
}

/** Whether a driver serves this Windows, and only devices that are neither PCI nor USB. */
function isUnseen(driver: PackDriver, windows: WindowsTarget): boolean {
  if (driver.kind === 'component') return false
  const ids = modelsFor(driver, windows).flatMap(idsOf)
  return ids.length > 0 && !ids.some((id) => id.startsWith('PCI\\') || id.startsWith('USB\\'))
}

/** Components may create components; every driver is looked at once, so this ends. */
function addComponents(chosen: Choice, { near, windows }: Choosing): void {
  const components = near
    .filter(({ driver }) => driver.kind === 'component')
    .flatMap((offered) => modelsFor(offered.driver, windows).map((model) => ({ offered, model, ids: idsOf(model) })))
  const waiting = [...chosen.keys()].toSorted((one, other) => compareText(one.inf, other.inf))
  const seen = new Set(waiting)
  for (const creator of waiting) {
    for (const id of creator.componentIds) {
      const [best] = components
        .filter(({ ids }) => ids.includes(id))
        .toSorted(
          (one, other) =>
            compareAge(other.model.driverVer, one.model.driverVer) ||
            compareText(one.offered.driver.inf, other.offered.driver.inf),
        )
      if (best === undefined) continue
      const { offered } = best
      add(chosen, offered, { because: 'component', id, of: creator.inf })
      if (!seen.has(offered.driver)) waiting.push(offered.driver)
      seen.add(offered.driver)
    }
  }
}
