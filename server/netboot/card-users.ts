import { usableUuid } from '../machines/fillers.ts'
import type { Requester } from './requester.ts'

/**
 * Which machine boots through a network card now. A dock goes from machine to machine with its card; DHCP's option 97 and
 * GRUB name the machine's own UUID, while TFTP and HTTP requests that follow show an address only.
 */
export type CardUsers = {
  /** The machine with this UUID boots through this card; null or a filler: it does not say who it is. */
  noted(mac: string, uuid: string | null): Requester
  /** Something boots through this card; whose UUID was told before is kept. */
  seen(mac: string): Requester
  /** Whether anything was booted through this card lately. */
  has(mac: string): boolean
  requesterOf(mac: string): Requester
}

/** @param capacity how many cards are remembered; the one heard of longest ago is forgotten first. */
export function createCardUsers(capacity: number): CardUsers {
  const uuids = new Map<string, string | null>()
  const requesterOf = (mac: string): Requester => {
    const card = mac.toLowerCase()
    return { mac: card, uuid: uuids.get(card) ?? null }
  }

  function put({ mac, uuid }: Requester): Requester {
    uuids.delete(mac)
    uuids.set(mac, uuid)
    const oldest = uuids.size > capacity ? uuids.keys().next().value : undefined
    if (oldest !== undefined) uuids.delete(oldest)
    return { mac, uuid }
  }

  return {
    noted: (mac, uuid) => put({ mac: mac.toLowerCase(), uuid: usableUuid(uuid) }),
    seen: (mac) => put(requesterOf(mac)),
    has: (mac) => uuids.has(mac.toLowerCase()),
    requesterOf,
  }
}
