import type { WindowsTarget } from '../inf/target-os.ts'
import { packFit, type Board } from './board.ts'
import {
  candidatesFor,
  compareText,
  tabulate,
  type Candidate,
  type CandidateTable,
  type Offered,
} from './candidates.ts'
import { chooseDrivers, type ChosenDriver } from './choice.ts'
import { deviceIds, keysOf, type InventoryDevice } from './device-ids.ts'
import type { DriverPack } from './driver-pack.ts'
import { servedByWindows } from './inbox.ts'
import { judgeStorage, type StorageVerdict } from './storage.ts'

export type DriverQuestion = {
  readonly devices: readonly InventoryDevice[]
  readonly board: Board
  readonly windows: WindowsTarget
}

/** Who serves a device: a pack's driver (with those it was preferred to), Windows itself, or nobody and why. */
export type Cover =
  | { readonly by: 'driver'; readonly best: Candidate; readonly passedOver: readonly Candidate[] }
  | { readonly by: 'windows' }
  | { readonly by: 'nobody'; readonly because: 'no-driver' }
  /** A driver names the device, but serves another Windows or architecture, or excludes this very device. */
  | { readonly by: 'nobody'; readonly because: 'other-windows'; readonly offered: Offered }

export type CoveredDevice = { readonly device: InventoryDevice; readonly cover: Cover }

export type DriverMatch = {
  /** What to copy and install, by pack and INF, each with its reasons. */
  readonly drivers: readonly ChosenDriver[]
  readonly devices: readonly CoveredDevice[]
  readonly uncovered: readonly InventoryDevice[]
  readonly storage: StorageVerdict
}

/**
 * Chooses the drivers of a machine from the packs at hand. Packs made for the board or for any come first; one made for
 * other boards serves only devices nothing else serves. Deterministic: the order of packs and devices decides nothing.
 */
export function matchDrivers(question: DriverQuestion, packs: readonly DriverPack[]): DriverMatch {
  const offered = packs
    .toSorted((one, other) => compareText(one.name, other.name))
    .flatMap((pack): Offered[] => {
      const fit = packFit(pack, question.board)
      return pack.drivers.map((driver) => ({ pack, fit, driver }))
    })
  const near = offered.filter(({ fit }) => fit !== 'other')
  const far = offered.filter(({ fit }) => fit === 'other')
  const tables = { near: tabulate(near, question.windows), far: tabulate(far, question.windows) }
  const named = namesOf(offered)
  const devices = question.devices.map((device) => ({ device, cover: coverOf(device, tables, named) }))
  const driverOf = (device: InventoryDevice): string | null => {
    const cover = devices.find((one) => one.device === device)?.cover
    return cover?.by === 'driver' ? `${cover.best.pack.name}/${cover.best.driver.inf}` : null
  }
  return {
    drivers: chooseDrivers({ devices, near, table: tables.near, windows: question.windows }),
    devices,
    uncovered: devices.filter(({ cover }) => cover.by === 'nobody').map(({ device }) => device),
    storage: judgeStorage(question.devices, driverOf),
  }
}

type Tables = { readonly near: CandidateTable; readonly far: CandidateTable }

function coverOf(device: InventoryDevice, tables: Tables, named: ReadonlyMap<string, Offered>): Cover {
  const own = ({ driver }: Candidate): boolean => driver.kind === 'device'
  const near = candidatesFor(device, tables.near).filter(own)
  const inbox = servedByWindows(device)
  const candidates = near.length > 0 || inbox ? near : candidatesFor(device, tables.far).filter(own)
  const [best, ...others] = candidates
  if (best !== undefined) return { by: 'driver', best, passedOver: otherDrivers(best, others) }
  if (inbox) return { by: 'windows' }
  const offered = deviceIds(device)
    .filter(({ compatible }) => !compatible)
    .map(({ id }) => named.get(id))
    .find((one) => one !== undefined)
  return offered === undefined
    ? { by: 'nobody', because: 'no-driver' }
    : { by: 'nobody', because: 'other-windows', offered }
}

/** Each driver once, by the best id it has for the device. */
function otherDrivers({ driver }: Candidate, others: readonly Candidate[]): Candidate[] {
  const seen = new Set([driver])
  return others.filter((other) => !seen.has(other.driver) && seen.add(other.driver))
}

/** Which driver names an id on any Windows; the first by pack and path. */
function namesOf(offered: readonly Offered[]): ReadonlyMap<string, Offered> {
  const names = new Map<string, Offered>()
  for (const offer of offered) {
    if (offer.driver.kind !== 'device') continue
    for (const key of offer.driver.hardwareIds.flatMap(keysOf)) {
      if (!names.has(key)) names.set(key, offer)
    }
  }
  return names
}
