import { usableUuid } from '../machines/fillers.ts'
import type { Requester } from './requester.ts'

/**
 * Which machine uses a network card now. A dock goes from machine to machine with its card; DHCP's option 97 and GRUB name
 * the machine's own UUID, while TFTP and HTTP requests that follow show an address only.
 */
export type CardUsers = {
  /** The machine with this UUID asks through this card; null or a filler: it does not say who it is. */
  noted(mac: string, uuid: string | null): Requester
  requesterOf(mac: string): Requester
}

/** @param capacity how many cards are remembered; the one noted longest ago is forgotten first. */
export function createCardUsers(capacity: number): CardUsers {
  const uuids = new Map<string, string>()
  const requesterOf = (mac: string): Requester => {
    const card = mac.toLowerCase()
    return { mac: card, uuid: uuids.get(card) ?? null }
  }
  return {
    noted(mac, uuid) {
      const card = mac.toLowerCase()
      const usable = usableUuid(uuid)
      uuids.delete(card)
      if (usable !== null) uuids.set(card, usable)
      const oldest = uuids.size > capacity ? uuids.keys().next().value : undefined
      if (oldest !== undefined) uuids.delete(oldest)
      return requesterOf(card)
    },
    requesterOf,
  }
}
