import type { HardwareAddress } from './addresses.ts'
import type { Oddity } from './options/oddity.ts'

/** What was said already of the options of each machine: its every message is odd in the same way. */
export type ToldOddities = {
  /** What of it was not said of this machine yet; it counts as said now. */
  news(mac: HardwareAddress, oddities: readonly Oddity[]): readonly Oddity[]
}

/** @param most machines remembered; the oldest is forgotten first, so that invented addresses fill no memory. */
export function createToldOddities(most: number): ToldOddities {
  const told = new Map<HardwareAddress, Set<string>>()

  return {
    news(mac, oddities) {
      const known = told.get(mac) ?? new Set<string>()
      const fresh = oddities.filter((each) => !known.has(nameOf(each)))
      if (fresh.length === 0) return fresh
      told.delete(mac)
      told.set(mac, new Set([...known, ...fresh.map(nameOf)]))
      const [oldest] = told.keys()
      if (told.size > most && oldest !== undefined) told.delete(oldest)
      return fresh
    },
  }
}

function nameOf({ option, what }: Oddity): string {
  return `${option} ${what}`
}
