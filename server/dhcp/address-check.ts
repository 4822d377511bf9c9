import type { ArpProber, ProbeResult } from '../sockets/arp-probe.ts'
import type { HardwareAddress, Ipv4 } from './addresses.ts'
import { quarantine } from './decline-release.ts'
import type { DhcpEvent } from './events.ts'
import { clientKey } from './lease.ts'
import type { DhcpPacket } from './packet.ts'
import type { LeasePool, PoolChange } from './pool.ts'
import { answersForAll, witnesses, type KnownProxies } from './proxy-arp.ts'
import type { Settings } from './settings.ts'

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
  const holder = macIn(await prober.probe(address, proxies.all()))
  // The machine itself may answer: it still has the address from before.
  if (holder === undefined || holder === mac) {
    return [{ change: 'seen-free', address, until: new Date(now().getTime() + settings.probeFreshMs) }]
  }
  const others = witnesses(settings.local, pool, address, now())
  const answers = await Promise.all(others.map((other) => prober.probe(other, proxies.all())))
  if (!answersForAll(holder, answers.map(macIn))) {
    report({ type: 'taken', mac, address, holder })
    return [quarantine({ settings, now: now() }, address, clientKey(request), holder)]
  }
  if (proxies.add(holder)) report({ type: 'proxy-arp', mac, address, proxy: holder })
  return pool.quarantinedFor(holder).map((each) => ({ change: 'forget', address: each }))
}

function macIn(result: ProbeResult): HardwareAddress | undefined {
  return result.kind === 'taken' ? result.mac : undefined
}
