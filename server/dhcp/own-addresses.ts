import { readFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { isIpv4, type Ipv4 } from './addresses.ts'

/** How long a reading holds good: an address given to this computer while it serves is kept from the next machine on. */
const FRESH_MS = 1000

/**
 * Every IPv4 address of this computer, on whichever interface. The kernel answers ARP for each of them on all of them
 * (arp_ignore 0), so none may be given away, and our own ARP probe never finds them: nobody answers himself.
 */
export function readOwnAddresses(readRoutes: () => string = readLocalRoutes): ReadonlySet<Ipv4> {
  const listed = Object.values(networkInterfaces()).flatMap((entries) => (entries ?? []).map(({ address }) => address))
  return new Set([...listed, ...localAddresses(readRoutes())].filter(isIpv4))
}

/** Reads them again when they are asked for, but not more than once a second. `nowMs` only goes forward. */
export function watchOwnAddresses(read: () => ReadonlySet<Ipv4>, nowMs: () => number): () => ReadonlySet<Ipv4> {
  let last = { addresses: read(), atMs: nowMs() }
  return () => {
    if (nowMs() - last.atMs >= FRESH_MS) last = { addresses: read(), atMs: nowMs() }
    return last.addresses
  }
}

/** Node leaves out interfaces without a cable; their addresses are ours all the same. */
function readLocalRoutes(): string {
  try {
    return readFileSync('/proc/net/fib_trie', 'latin1')
  } catch (error) {
    if (error instanceof Error && 'code' in error) return ''
    throw error
  }
}

/** An address stands in a line of its own, and under it what the kernel does with it: `/32 host LOCAL`. */
function localAddresses(trie: string): string[] {
  return Array.from(trie.matchAll(/\|-- ([\d.]+)\n\s+\/32 host LOCAL/g), ([, address = '']) => address)
}
