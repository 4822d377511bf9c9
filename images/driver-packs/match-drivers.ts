import type { WindowsTarget } from '../inf/target-os.ts'
import { packFit, type Board } from './board.ts'
import { compareText, tabulate, type Offered } from './candidates.ts'
import { chooseDrivers, type ChosenDriver } from './choice.ts'
import { coverOf, namesOf, type CoveredDevice } from './cover.ts'
import type { InventoryDevice } from './device-ids.ts'
import type { DriverPack } from './driver-pack.ts'
import { judgeStorage, type StorageVerdict } from './storage.ts'

export type DriverQuestion = {
  readonly devices: readonly InventoryDevice[]
  readonly board: Board
  readonly windows: WindowsTarget
}

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
  const devices = question.devices
    .map((device) => ({ device, cover: coverOf(device, tables, named) }))
    // A board has a hundred parts in ACPI that Windows serves itself: only what a pack drives is worth a line.
    .filter(({ device, cover }) => device.bus !== 'acpi' || cover.by === 'driver')
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
