import type { Inventory } from '../../agent/protocol/inventory.ts'
import { builtInCards } from '../../agent/protocol/network-card.ts'
import { usableMac, usableSerial, usableUuid } from './fillers.ts'

/** What a machine can be known by; fillers are not in it. */
export type Identity = {
  uuid: string | null
  serial: string | null
  /** Two makers may give the same serial number. */
  manufacturer: string | null
  macs: string[]
}

export type KnownIdentity = Identity & { id: string; lastSeenAt: Date }

export type Recognition =
  | { kind: 'same'; id: string; conflicts: string[] }
  /** `conflicts`: machines that share something with it although they cannot be it. */
  | { kind: 'new'; conflicts: string[] }

/** The identity an inventory gives: the system's serial, else the board's; MAC addresses of built-in adapters. */
export function identityOf(inventory: Inventory): Identity {
  const { system, board } = inventory
  const own = builtInCards(inventory)
  const names = [system.manufacturer, system.product, system.version, system.family, board.manufacturer, board.product]
  return {
    uuid: usableUuid(system.uuid),
    serial: usableSerial(system.serial, names) ?? usableSerial(board.serial, names),
    manufacturer: system.manufacturer ?? board.manufacturer,
    macs: [...new Set(own.map(({ mac }) => usableMac(mac)).filter((mac) => mac !== null))],
  }
}

type Sign = 'agree' | 'differ' | 'silent'

function compare(a: string | null, b: string | null): Sign {
  if (a === null || b === null) return 'silent'
  return a.toLowerCase() === b.toLowerCase() ? 'agree' : 'differ'
}

function compareSerials(a: Identity, b: Identity): Sign {
  const serials = compare(a.serial, b.serial)
  return serials === 'agree' && compare(a.manufacturer, b.manufacturer) === 'differ' ? 'differ' : serials
}

function compareMacs(a: Identity, b: Identity): Sign {
  if (a.macs.some((mac) => b.macs.includes(mac))) return 'agree'
  return a.macs.length > 0 && b.macs.length > 0 ? 'differ' : 'silent'
}

/** Whether two identities are one machine; `doubt` when they share something and yet cannot be. Higher ranks are surer. */
type Likeness = { verdict: 'same'; rank: number } | { verdict: 'doubt' } | { verdict: 'other' }

/**
 * UUID, serial and MAC addresses together: two that agree outvote the third (a swapped network card, a serial number
 * written anew, a board's changed UUID). One alone is believed when nothing contradicts it. A UUID alone with other
 * network cards is not: makers give whole batches one UUID, and taking two machines for one could erase the wrong disk.
 * A MAC address alone against UUID or serial is a card that has moved to another machine.
 */
function likeness(a: Identity, b: Identity): Likeness {
  const [uuid, serial, macs] = [compare(a.uuid, b.uuid), compareSerials(a, b), compareMacs(a, b)]
  const signs = [uuid, serial, macs]
  const agreeing = signs.filter((sign) => sign === 'agree').length
  const differing = signs.filter((sign) => sign === 'differ').length
  if (agreeing === 0) return { verdict: 'other' }
  const rank = (uuid === 'agree' ? 4 : 0) + (serial === 'agree' ? 3 : 0) + (macs === 'agree' ? 2 : 0)
  if (agreeing >= 2 || differing === 0) return { verdict: 'same', rank }
  return uuid === 'agree' || serial === 'agree' ? { verdict: 'doubt' } : { verdict: 'other' }
}

/**
 * Which of the known machines this is. When two fit, the surer one, then the one with more of its MAC addresses, then the
 * one seen last; the others are named as conflicts and never merged. Pure.
 */
export function recognise(identity: Identity, known: readonly KnownIdentity[]): Recognition {
  const judged = known.map((machine) => ({ machine, ...likeness(identity, machine) }))
  const shared = (machine: Identity) => machine.macs.filter((mac) => identity.macs.includes(mac)).length
  const candidates = judged
    .flatMap((one) => (one.verdict === 'same' ? [one] : []))
    .sort(
      (a, b) =>
        b.rank - a.rank ||
        shared(b.machine) - shared(a.machine) ||
        b.machine.lastSeenAt.getTime() - a.machine.lastSeenAt.getTime(),
    )
  const [best, ...rest] = candidates
  const doubts = judged.filter(({ verdict }) => verdict === 'doubt').map(({ machine }) => machine.id)
  const conflicts = [...rest.map(({ machine }) => machine.id), ...doubts]
  return best === undefined ? { kind: 'new', conflicts } : { kind: 'same', id: best.machine.id, conflicts }
}
