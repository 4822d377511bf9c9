import type { DriverVer } from '../inf/driver-ver.ts'
import type { InfModel } from '../inf/models.ts'
import { chooseSection, type WindowsTarget } from '../inf/target-os.ts'
import type { PackFit } from './board.ts'
import { deviceIds, keysOf, type InventoryDevice, type Precision } from './device-ids.ts'
import type { DriverPack, PackDriver } from './driver-pack.ts'
import { idsOf } from './index-pack.ts'

/** A driver in its pack, seen from one board. */
export type Offered = { readonly pack: DriverPack; readonly fit: PackFit; readonly driver: PackDriver }

/** One way a driver serves a device: which id, and how well. */
export type Candidate = Offered & {
  readonly model: InfModel
  /** The id of the INF that fits the device. */
  readonly id: string
  readonly precision: Precision
  /** As Windows ranks drivers, the lower the better. */
  readonly rank: number
}

type Entry = Offered & { readonly model: InfModel; readonly id: string; readonly position: number }

/** Models by every id they are found under. */
export type CandidateTable = ReadonlyMap<string, readonly Entry[]>

/** The models of every driver that this Windows would use, by id. */
export function tabulate(offered: readonly Offered[], windows: WindowsTarget): CandidateTable {
  const table = new Map<string, Entry[]>()
  for (const offer of offered) {
    for (const model of modelsFor(offer.driver, windows)) {
      const compatibleFrom = model.hardwareId === null ? 1 : 0
      idsOf(model).forEach((id, index) => {
        for (const key of keysOf(id)) {
          const entries = table.get(key) ?? []
          if (entries.length === 0) table.set(key, entries)
          entries.push({ ...offer, model, id, position: index + compatibleFrom })
        }
      })
    }
  }
  return table
}

/** The models of a driver on one Windows: per manufacturer those of the one section Windows uses. */
export function modelsFor({ manufacturers }: PackDriver, windows: WindowsTarget): InfModel[] {
  return manufacturers.flatMap(({ sections }) => [...(chooseSection(sections, windows)?.models ?? [])])
}

/** Every driver that serves a device, the best first; the same answer whatever the order of the packs. */
export function candidatesFor(device: InventoryDevice, table: CandidateTable): Candidate[] {
  const ids = deviceIds(device)
  const own = new Set(ids.map(({ id }) => id))
  return ids
    .flatMap(({ id, precision, compatible }, index) =>
      (table.get(id) ?? []).map((entry): Candidate => ({
        ...entry,
        precision,
        rank: rankOf(entry, index, compatible),
      })),
    )
    .filter(({ model }) => !model.excludedIds.some((id) => own.has(id)))
    .toSorted(compareCandidates)
}

/**
 * "How Windows Ranks Drivers": the feature score, then which of the device's ids met which of the INF's, a hardware id
 * of both being best and a compatible id of both worst.
 */
function rankOf({ model, position }: Entry, index: number, compatible: boolean): number {
  const identifier = compatible
    ? position === 0
      ? 0x2000 + index
      : 0x3000 + index + 0x100 * Math.min(position - 1, 0xf)
    : (position === 0 ? 0 : 0x1000) + index
  return model.featureScore * 0x1_0000 + identifier
}

/** Rank first; among equals the later date, then the higher version; then the board's own pack; then by name. */
function compareCandidates(one: Candidate, other: Candidate): number {
  return (
    one.rank - other.rank ||
    compareAge(other.model.driverVer, one.model.driverVer) ||
    fits.indexOf(one.fit) - fits.indexOf(other.fit) ||
    compareText(one.pack.name, other.pack.name) ||
    compareText(one.driver.inf, other.driver.inf) ||
    one.model.line - other.model.line
  )
}

const fits: readonly PackFit[] = ['model', 'any', 'other']

/** Negative when the first driver is the older: by date, then by version, as Windows does. */
export function compareAge(one: DriverVer, other: DriverVer): number {
  return (
    compareText(one.date ?? '', other.date ?? '') || compareVersions(one.driverVersion ?? '', other.driverVersion ?? '')
  )
}

function compareVersions(one: string, other: string): number {
  const [mine, its] = [one.split('.').map(Number), other.split('.').map(Number)]
  const differs = [0, 1, 2, 3].find((part) => (mine[part] ?? 0) !== (its[part] ?? 0))
  return differs === undefined ? 0 : (mine[differs] ?? 0) - (its[differs] ?? 0)
}

/** By code unit, the same on every machine. */
export function compareText(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1
}
