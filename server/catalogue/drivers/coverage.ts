import type { Inventory } from '../../../agent/protocol/inventory.ts'
import { matchDrivers, type DriverMatch } from '../../../images/driver-packs/match-drivers.ts'
import type { WindowsTarget } from '../../../images/inf/target-os.ts'
import type { DriverPackEntry } from './driver-packs.ts'

export type CoveredMachine = { inventory: Inventory | null }
export type DriverTarget = WindowsTarget

const nothingKnown = { manufacturer: null, product: null }

/** Which driver each device of a machine gets; no devices when it has not described its hardware. Pure. */
export function coverageOf(
  { inventory }: CoveredMachine,
  windows: DriverTarget,
  packs: readonly DriverPackEntry[],
): DriverMatch {
  const question = { devices: inventory?.devices ?? [], board: inventory?.board ?? nothingKnown, windows }
  return matchDrivers(
    question,
    packs.map(({ pack }) => pack),
  )
}
