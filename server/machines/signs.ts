import type { Identity } from './identity.ts'
import { swappedUuid } from './uuid.ts'

export type Sign = 'agree' | 'differ' | 'silent'

/** What two identities say of each other. */
export type Signs = {
  uuid: Sign
  serial: Sign
  /** `movable`: what they share may be a card that went from one to the other. */
  cards: Sign | 'movable'
  disks: Sign
}

function compareUuids(a: string | null, b: string | null): Sign {
  if (a === null || b === null) return 'silent'
  return a === b || a === swappedUuid(b) ? 'agree' : 'differ'
}

function compareTexts(a: string | null, b: string | null): Sign {
  if (a === null || b === null) return 'silent'
  return a.toLowerCase() === b.toLowerCase() ? 'agree' : 'differ'
}

/** The same number of two makers is not the same. */
function compareSerials(a: Identity, b: Identity): Sign {
  const serials = compareTexts(a.serial, b.serial)
  return serials === 'agree' && compareTexts(a.manufacturer, b.manufacturer) === 'differ' ? 'differ' : serials
}

function compareSets(a: readonly string[], b: readonly string[]): Sign {
  if (a.some((one) => b.includes(one))) return 'agree'
  return a.length > 0 && b.length > 0 ? 'differ' : 'silent'
}

/**
 * Wired cards say most, as they sit on the board: when those that one has are all in the other, it is the board's own.
 * When each has a wired card besides that the other has not, the shared one is a card in a slot; so is a Wi-Fi card.
 */
function compareCards(a: Identity, b: Identity): Signs['cards'] {
  const wireless = new Set([...a.wirelessMacs, ...b.wirelessMacs])
  const wiredOf = ({ macs }: Identity) => macs.filter((mac) => !wireless.has(mac))
  const [wiredA, wiredB] = [wiredOf(a), wiredOf(b)] as const
  const wired = compareSets(wiredA, wiredB)
  if (wired === 'differ') return 'differ'
  if (wired === 'silent') return compareSets(a.macs, b.macs) === 'agree' ? 'movable' : compareSets(a.macs, b.macs)
  const isWithin = (some: string[], all: string[]) => some.every((mac) => all.includes(mac))
  return isWithin(wiredA, wiredB) || isWithin(wiredB, wiredA) ? 'agree' : 'movable'
}

/** Compares two identities, sign by sign. Pure, and the same from either side. */
export function signsOf(a: Identity, b: Identity): Signs {
  return {
    uuid: compareUuids(a.uuid, b.uuid),
    serial: compareSerials(a, b),
    cards: compareCards(a, b),
    disks: compareSets(a.disks, b.disks),
  }
}

/** Whether hardware itself proves them two machines: cards or disks differ, and neither speaks for one. */
export function areTwo({ cards, disks }: Signs): boolean {
  const signs = [cards, disks]
  return signs.includes('differ') && !signs.includes('agree') && !signs.includes('movable')
}
