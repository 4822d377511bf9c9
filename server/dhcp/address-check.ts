import type { ArpProber, ProbeResult } from '../sockets/arp-probe.ts'
import type { HardwareAddress, Ipv4 } from './addresses.ts'
import type { Noted } from './decision.ts'
import { quarantine } from './decline-release.ts'
import type { DhcpEvent } from './events.ts'
import { clientKey } from './lease.ts'
import type { DhcpPacket } from './packet.ts'
import type { LeasePool, PoolChange } from './pool.ts'
import { answersForAll, witnesses, type KnownProxies } from './proxy-arp.ts'
import type { Settings } from './settings.ts'

/** Hosts that may answer for one address before its question is given up. */
const MOST_ANSWERS = 3

export type AddressCheck = {
  readonly settings: Settings
  readonly pool: LeasePool
  readonly prober: ArpProber
  readonly proxies: KnownProxies
  readonly report: (event: DhcpEvent) => void
  readonly now: () => Date
}

/**
 * Asks the wire whether somebody has an address that is about to be given to a client. Whoever answers is asked for others
 * too: proxy ARP is named and from then on not heard, and the address is as unknown as before; decide again.
 *
 * @throws the prober's error.
 */
export async function checkAddress(
  { settings, pool, prober, proxies, report, now }: AddressCheck,
  request: DhcpPacket,
  address: Ipv4,
): Promise<PoolChange[]> {
  const mac = request.chaddr

  /** A proxy may answer behind somebody who has the address. */
  async function isAnsweredBy(suspect: HardwareAddress, other: Ipv4): Promise<boolean> {
    const heard = new Set(proxies.all())
    for (let answer = 1; answer <= MOST_ANSWERS; answer += 1) {
      const found = macIn(await prober.probe(other, heard))
      if (found === undefined || found === suspect) return found === suspect
      heard.add(found)
    }
    return false
  }

  const holder = macIn(await prober.probe(address, proxies.all()))
  // The machine itself may answer: it still has the address from before.
  if (holder === undefined || holder === mac) {
    return [{ change: 'seen-free', address, until: new Date(now().getTime() + settings.probeFreshMs) }]
  }
  const others = witnesses(settings.local, pool, address, now())
  const answers = await Promise.all(others.map((other) => isAnsweredBy(holder, other)))
  if (!answersForAll(answers)) {
    report({ type: 'taken', mac, address, holder })
    return [quarantine({ settings, now: now() }, address, clientKey(request), holder)]
  }
  if (proxies.add(holder)) report({ type: 'proxy-arp', mac, address, proxy: holder })
  return pool.quarantinedFor(holder).map((each) => ({ change: 'forget', address: each }))
}

/**
 * What a DECLINE changes. Where nobody but known proxies answers for the address, it was one of them that the client met:
 * the address is free for the next machine. Left alone, it would be followed by every other, one client after another.
 *
 * @throws the prober's error.
 */
export async function changesOfDecline(
  { prober, proxies }: Pick<AddressCheck, 'prober' | 'proxies'>,
  { address, changes }: Pick<Noted, 'address' | 'changes'>,
): Promise<readonly PoolChange[]> {
  const known = proxies.all()
  if (known.size === 0 || (await prober.probe(address, known)).kind === 'taken') return changes
  return [
    { change: 'drop-hold', address },
    { change: 'forget', address },
  ]
}

function macIn(result: ProbeResult): HardwareAddress | undefined {
  return result.kind === 'taken' ? result.mac : undefined
}
