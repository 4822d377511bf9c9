import { ipv4ToNumber, numberToIpv4, rangeContains, rangeSize } from './addresses.ts'
import type { AddressRange, HardwareAddress, Ipv4 } from './addresses.ts'
import type { Lease } from './lease.ts'

/** An address offered and not asked for yet, or being probed: nobody else gets it meanwhile. Not stored. */
export type Hold = { readonly address: Ipv4; readonly client: string; readonly until: Date }

/** What a decision does to the pool; only leases and forgotten addresses concern the store. */
export type PoolChange =
  | { readonly change: 'hold'; readonly hold: Hold }
  | { readonly change: 'drop-hold'; readonly address: Ipv4 }
  | { readonly change: 'lease'; readonly lease: Lease }
  | { readonly change: 'forget'; readonly address: Ipv4 }
  /** An ARP probe found nobody at the address. */
  | { readonly change: 'seen-free'; readonly address: Ipv4; readonly until: Date }

/** What decisions may ask of the pool. */
export type PoolView = Pick<
  LeasePool,
  'leaseAt' | 'leaseOf' | 'holdOf' | 'isAvailable' | 'isUnused' | 'isSeenFree' | 'choose' | 'belongsTo'
>

/** The addresses of all ranges and who has them: stored leases, and holds that live only here. */
export class LeasePool {
  readonly #leases = new Map<Ipv4, Lease>()
  readonly #addressesOf = new Map<string, Set<Ipv4>>()
  readonly #holds = new Map<Ipv4, Hold>()
  readonly #holdOf = new Map<string, Ipv4>()
  readonly #seenFree = new Map<Ipv4, Date>()
  #reserved: ReadonlySet<Ipv4> = new Set()

  constructor(leases: Iterable<Lease>) {
    for (const lease of leases) this.#setLease(lease)
  }

  apply(change: PoolChange): void {
    switch (change.change) {
      case 'hold':
        this.#dropHold(this.#holdOf.get(change.hold.client))
        this.#dropHold(change.hold.address)
        this.#holds.set(change.hold.address, change.hold)
        this.#holdOf.set(change.hold.client, change.hold.address)
        return
      case 'drop-hold':
        return this.#dropHold(change.address)
      case 'lease':
        this.#dropHold(change.lease.address)
        this.#seenFree.delete(change.lease.address)
        return this.#setLease(change.lease)
      case 'forget':
        return this.#removeLease(change.address)
      case 'seen-free':
        this.#seenFree.set(change.address, change.until)
        return
      default:
        change satisfies never
    }
  }

  /** Keeps addresses from everybody: this computer's own, a router's, a relay's. Replaces those kept before. */
  reserve(addresses: Iterable<Ipv4>): void {
    this.#reserved = new Set(addresses)
  }

  leaseAt(address: Ipv4): Lease | undefined {
    return this.#leases.get(address)
  }

  /** The latest lease of a client in a range, ended or not; quarantined addresses are nobody's. */
  leaseOf(client: string, range: AddressRange): Lease | undefined {
    return [...(this.#addressesOf.get(client) ?? [])]
      .filter((address) => rangeContains(range, address))
      .map((address) => this.#leases.get(address))
      .filter((lease) => lease !== undefined)
      .sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime())[0]
  }

  /** The address offered to a client and still kept for it. */
  holdOf(client: string, now: Date): Hold | undefined {
    const address = this.#holdOf.get(client)
    const hold = address === undefined ? undefined : this.#holds.get(address)
    return hold && hold.until > now ? hold : undefined
  }

  /** True while the client has the address leased or offered. */
  belongsTo(client: string, address: Ipv4, now: Date): boolean {
    const lease = this.#leases.get(address)
    if (lease?.state === 'bound' && lease.client === client && lease.expiresAt > now) return true
    return this.holdOf(client, now)?.address === address
  }

  /** True when nobody has the address from us; somebody who took it without asking may have it all the same. */
  isUnused(address: Ipv4, now: Date): boolean {
    const lease = this.#leases.get(address)
    const isLeased = lease?.state === 'bound' && lease.expiresAt > now
    const hold = this.#holds.get(address)
    return !isLeased && !(hold && hold.until > now) && !this.#reserved.has(address)
  }

  /** Addresses left alone because `holder` was found at them. */
  quarantinedFor(holder: HardwareAddress): Ipv4[] {
    return [...this.#leases.values()].flatMap(({ state, mac, address }) =>
      state === 'quarantined' && mac === holder ? [address] : [],
    )
  }

  /** True when nobody else has the address, or may be about to take it. */
  isAvailable(address: Ipv4, client: string, now: Date): boolean {
    if (this.#reserved.has(address)) return false
    const hold = this.#holds.get(address)
    if (hold && hold.client !== client && hold.until > now) return false
    const lease = this.#leases.get(address)
    if (!lease || lease.expiresAt <= now || lease.state === 'released') return true
    return lease.state === 'bound' && lease.client === client
  }

  /** True for a short while after a probe found nobody at the address. */
  isSeenFree(address: Ipv4, now: Date): boolean {
    const until = this.#seenFree.get(address)
    return until !== undefined && until > now
  }

  /**
   * The address for a client, in the order of RFC 2131 §4.3.1: the one it has or had, the one just offered, the one it
   * asks for if nobody ever had it, one never used, and last the one that has been free for longest.
   */
  choose(range: AddressRange, client: string, requested: Ipv4 | undefined, now: Date): Ipv4 | undefined {
    const mine = this.leaseOf(client, range)?.address
    if (mine !== undefined && this.isAvailable(mine, client, now)) return mine
    const held = this.holdOf(client, now)?.address
    if (held !== undefined && rangeContains(range, held) && this.isAvailable(held, client, now)) return held
    if (requested !== undefined && rangeContains(range, requested) && this.#isUntouched(requested, client, now)) {
      return requested
    }
    return this.#untouched(range, client, now) ?? this.#longestFree(range, client, now)
  }

  /** Leases that have not ended: of machines, and of addresses left alone. */
  running(now: Date): Lease[] {
    return [...this.#leases.values()].filter(({ state, expiresAt }) => state !== 'released' && expiresAt > now)
  }

  /** Addresses with a running lease. */
  boundCount(now: Date): number {
    return this.running(now).filter(({ state }) => state === 'bound').length
  }

  #isUntouched(address: Ipv4, client: string, now: Date): boolean {
    return !this.#leases.has(address) && this.isAvailable(address, client, now)
  }

  /** Begins at a place of the client's own, so that it would get the same address again even if the leases were lost. */
  #untouched(range: AddressRange, client: string, now: Date): Ipv4 | undefined {
    const first = ipv4ToNumber(range.first)
    const size = rangeSize(range)
    const start = fnv1a(client) % size
    for (let step = 0; step < size; step += 1) {
      const address = numberToIpv4(first + ((start + step) % size))
      if (this.#isUntouched(address, client, now)) return address
    }
    return undefined
  }

  #longestFree(range: AddressRange, client: string, now: Date): Ipv4 | undefined {
    let best: Lease | undefined
    for (const lease of this.#leases.values()) {
      if (!rangeContains(range, lease.address) || !this.isAvailable(lease.address, client, now)) continue
      if (!best || lease.expiresAt < best.expiresAt) best = lease
    }
    return best?.address
  }

  #setLease(lease: Lease): void {
    this.#removeLease(lease.address)
    this.#leases.set(lease.address, lease)
    if (lease.state === 'quarantined') return
    const addresses = this.#addressesOf.get(lease.client) ?? new Set<Ipv4>()
    this.#addressesOf.set(lease.client, addresses.add(lease.address))
  }

  #removeLease(address: Ipv4): void {
    const lease = this.#leases.get(address)
    if (!lease) return
    this.#leases.delete(address)
    const addresses = this.#addressesOf.get(lease.client)
    addresses?.delete(address)
    if (addresses?.size === 0) this.#addressesOf.delete(lease.client)
  }

  #dropHold(address: Ipv4 | undefined): void {
    const hold = address === undefined ? undefined : this.#holds.get(address)
    if (!hold) return
    this.#holds.delete(hold.address)
    if (this.#holdOf.get(hold.client) === hold.address) this.#holdOf.delete(hold.client)
  }
}

/** FNV-1a, 32 bits: spreads neighbouring MAC addresses over a range. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash
}
