import type { Inventory } from '../../../agent/protocol/inventory.ts'
import { coverageOf, type DriverTarget } from './coverage.ts'
import type { DriverPackEntry } from './driver-packs.ts'

/** How many devices of a model a pack would drive. */
export type ServedModel = { product: string; devices: number }
export type KnownMachine = { product: string | null; lastSeenAt: Date; inventory: Inventory | null }

/** Each model takes some tens of milliseconds; a workshop has a handful. */
const mostModels = 12

/** The machine seen last of each model, the latest first; at most twelve. Pure. */
export function modelsToServe(machines: readonly KnownMachine[]): KnownMachine[] {
  const seen = new Set<string>()
  return machines
    .filter(({ product, inventory }) => product !== null && inventory !== null)
    .toSorted((one, other) => other.lastSeenAt.getTime() - one.lastSeenAt.getTime())
    .filter(({ product }) => product !== null && !seen.has(product) && seen.add(product))
    .slice(0, mostModels)
}

/** What each pack would drive of one machine, by the pack's name. Pure. */
export function servedBy(
  machine: KnownMachine,
  windows: DriverTarget,
  packs: readonly DriverPackEntry[],
): Map<string, ServedModel> {
  const served = new Map<string, ServedModel>()
  for (const { cover } of coverageOf(machine, windows, packs).devices) {
    if (cover.by !== 'driver') continue
    const { name } = cover.best.pack
    served.set(name, { product: machine.product ?? '', devices: (served.get(name)?.devices ?? 0) + 1 })
  }
  return served
}
