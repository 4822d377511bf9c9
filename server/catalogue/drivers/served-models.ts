import { coverageOf, type CoveredMachine, type DriverTarget } from './coverage.ts'
import type { DriverPackEntry } from './driver-packs.ts'

/** How many devices of a model a pack would drive. */
export type ServedModel = { product: string; devices: number }
type KnownMachine = { id: string; product: string | null; lastSeenAt: Date; hardware: unknown }

/** Each model takes some tens of milliseconds; a workshop has a handful. */
const mostModels = 12

/** The machine seen last of each model, the latest first; at most twelve. Pure. */
export function modelsToServe<M extends KnownMachine>(machines: readonly M[]): M[] {
  const seen = new Set<string>()
  return machines
    .filter(({ product, hardware }) => product !== null && hardware !== null)
    .toSorted((one, other) => other.lastSeenAt.getTime() - one.lastSeenAt.getTime())
    .filter(({ product }) => product !== null && !seen.has(product) && seen.add(product))
    .slice(0, mostModels)
}

/** What each pack would drive of one machine, by the pack's name. Pure. */
export function servedBy(
  machine: CoveredMachine & { product: string | null },
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
