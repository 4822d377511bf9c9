import type { Machine } from './machine.ts'

/**
 * One machine of two records that a person has found to be of the same PC: it keeps the id, code and place in lists of the
 * one that stays, and says of itself what was said last. Pure.
 */
export function joined(survivor: Machine, away: Machine): Machine {
  const [newest, older] = newestOf(survivor, away) === survivor ? [survivor, away] : [away, survivor]
  return {
    id: survivor.id,
    code: survivor.code,
    name: survivor.name ?? away.name,
    uuid: newest.uuid ?? older.uuid,
    serial: newest.serial ?? older.serial,
    manufacturer: newest.manufacturer ?? older.manufacturer,
    product: newest.product ?? older.product,
    macs: newest.macs.length > 0 ? newest.macs : older.macs,
    firstSeenAt: survivor.firstSeenAt < away.firstSeenAt ? survivor.firstSeenAt : away.firstSeenAt,
    lastSeenAt: newest.lastSeenAt,
    hardware: newest.hardware ?? older.hardware,
  }
}

/** The one of two that was seen last, and has something to say of its hardware. */
export function newestOf(a: Machine, b: Machine): Machine {
  if ((a.hardware === null) !== (b.hardware === null)) return a.hardware === null ? b : a
  return b.lastSeenAt > a.lastSeenAt ? b : a
}
