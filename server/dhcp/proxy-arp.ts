import { ipv4ToNumber, networkBounds, numberToIpv4, rangeContains, rangeSize } from './addresses.ts'
import type { AddressRange, HardwareAddress, Ipv4 } from './addresses.ts'
import type { PoolView } from './pool.ts'
import type { Scope } from './settings.ts'

/** Who answers for so many more addresses that nobody should have, answers for all of them. */
const WITNESSES = 3
/** A network of a thousand addresses is not walked through to find them. */
const MOST_STEPS = 256
/** Fraction of a range from one place looked at to the next: spreads few of them well (Weyl). */
const GOLDEN = 0.618_033_988_75
const MOST_PROXIES = 64

/**
 * Addresses to ask the wire for when somebody answered for `suspect`. A router with proxy ARP, and some access points,
 * answer for every address; a computer that has the address answers for that one. They are taken from the range, as far
 * from `suspect` and from each other as it allows, and where it is small from the rest of the network.
 */
export function witnesses(scope: Scope, pool: PoolView, suspect: Ipv4, now: Date): Ipv4[] {
  const found = new Set<Ipv4>()
  for (const area of [scope.range, insideOf(networkBounds(scope.network))]) {
    for (let step = 1; step <= Math.min(rangeSize(area), MOST_STEPS) && found.size < WITNESSES; step += 1) {
      const address = spread(area, suspect, step)
      if (address !== suspect && pool.isUnused(address, now)) found.add(address)
    }
  }
  return [...found]
}

/** Whether somebody asked for witnesses answers for all addresses, by whether each of them was answered. */
export function answersForAll(answers: readonly boolean[]): boolean {
  return answers.length >= WITNESSES && answers.every((answered) => answered)
}

function spread(area: AddressRange, from: Ipv4, step: number): Ipv4 {
  const size = rangeSize(area)
  const first = ipv4ToNumber(area.first)
  const start = rangeContains(area, from) ? ipv4ToNumber(from) - first : 0
  return numberToIpv4(first + ((start + step * stride(size)) % size))
}

/** Having no divisor in common with the size, it leads to every place before it comes back to the first. */
function stride(size: number): number {
  let length = Math.max(1, Math.round(size * GOLDEN))
  while (commonDivisor(length, size) !== 1) length += 1
  return length
}

function commonDivisor(one: number, other: number): number {
  return other === 0 ? one : commonDivisor(other, one % other)
}

/** Without the name of the network and its broadcast address. */
function insideOf({ first, last }: AddressRange): AddressRange {
  return { first: numberToIpv4(ipv4ToNumber(first) + 1), last: numberToIpv4(ipv4ToNumber(last) - 1) }
}

/** Hardware addresses known to answer for all; their answers say nothing. */
export type KnownProxies = {
  all(): ReadonlySet<HardwareAddress>
  /** True when it was not known. */
  add(mac: HardwareAddress): boolean
}

/** Remembers each for `keepMs`, so that it is looked at, and named, again. `nowMs` only goes forward. */
export function createKnownProxies(keepMs: number, nowMs: () => number): KnownProxies {
  const until = new Map<HardwareAddress, number>()

  function all(): ReadonlySet<HardwareAddress> {
    for (const [mac, endMs] of until) if (endMs <= nowMs()) until.delete(mac)
    return new Set(until.keys())
  }

  return {
    all,
    add(mac) {
      const isNew = !all().has(mac)
      until.set(mac, nowMs() + keepMs)
      const [oldest] = until.keys()
      if (until.size > MOST_PROXIES && oldest !== undefined) until.delete(oldest)
      return isNew
    },
  }
}
