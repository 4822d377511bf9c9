import { candidatesFor, type Candidate, type CandidateTable, type Offered } from './candidates.ts'
import { deviceIds, keysOf, type InventoryDevice } from './device-ids.ts'
import { servedByWindows } from './inbox.ts'

/** Who serves a device: a pack's driver (with those it was preferred to), Windows itself, or nobody and why. */
export type Cover =
  | { readonly by: 'driver'; readonly best: Candidate; readonly passedOver: readonly Candidate[] }
  | { readonly by: 'windows' }
  | { readonly by: 'nobody'; readonly because: 'no-driver' }
  /** A driver names the device, but serves another Windows or architecture, or excludes this very device. */
  | { readonly by: 'nobody'; readonly because: 'other-windows'; readonly offered: Offered }

export type CoveredDevice = { readonly device: InventoryDevice; readonly cover: Cover }

/** The drivers of packs made for the board or for any, and those of packs made for other boards. */
export type Tables = { readonly near: CandidateTable; readonly far: CandidateTable }

/**
 * Who serves a device. A pack made for another board serves only what nothing else does.
 *
 * @param named - which driver names an id on any Windows, from `namesOf`
 */
export function coverOf(device: InventoryDevice, tables: Tables, named: ReadonlyMap<string, Offered>): Cover {
  const own = ({ driver }: Candidate): boolean => driver.kind === 'device'
  const near = candidatesFor(device, tables.near).filter(own)
  const inbox = servedByWindows(device)
  const candidates = near.length > 0 || inbox ? near : candidatesFor(device, tables.far).filter(own)
  const [best, ...others] = candidates
  if (best !== undefined) return { by: 'driver', best, passedOver: otherDrivers(best, others) }
  if (inbox) return { by: 'windows' }
  const offered = deviceIds(device)
    .filter(({ precision }) => precision !== 'vendor-class' && precision !== 'class')
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
export function namesOf(offered: readonly Offered[]): ReadonlyMap<string, Offered> {
  const names = new Map<string, Offered>()
  for (const offer of offered) {
    if (offer.driver.kind !== 'device') continue
    for (const key of offer.driver.hardwareIds.flatMap(keysOf)) {
      if (!names.has(key)) names.set(key, offer)
    }
  }
  return names
}
