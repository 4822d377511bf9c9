import type { KnownIdentity } from './identity.ts'
import { usableMac, usableUuid } from './fillers.ts'
import { swappedUuid } from './uuid.ts'

/**
 * The machine behind a network boot request, which names a UUID and a MAC address only: null when nothing fits, or when
 * several do, which a full inventory will tell apart. Pure.
 *
 * The UUID is the machine's own, the card may be a dock's that goes from machine to machine: where the two name
 * different machines, it is the UUID's. Machines that share a UUID are told apart by their cards.
 */
export function findByBoot(
  by: { uuid: string | null; mac: string | null },
  known: readonly KnownIdentity[],
): string | null {
  const uuid = usableUuid(by.uuid)
  const mac = usableMac(by.mac)
  const byUuid = uuid === null ? [] : known.filter((one) => one.uuid === uuid || one.uuid === swappedUuid(uuid))
  const byMac = mac === null ? [] : known.filter((one) => one.macs.includes(mac))
  const both = byUuid.filter((one) => byMac.includes(one))
  const [only, ...more] = both.length > 0 ? both : byUuid.length > 0 ? byUuid : byMac
  if (only === undefined || more.length > 0) return null
  // A request with a UUID of its own that is not the machine's comes from another one with this card.
  const contradicts = uuid !== null && byUuid.length === 0 && only.uuid !== null
  return contradicts ? null : only.id
}
