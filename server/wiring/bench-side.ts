import { BlockList, isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'

/**
 * Whether a connection goes over a network interface: it came to one of that interface's addresses, or from one of its
 * networks. Both are needed: Linux takes packets for an address of any interface on every other one (the weak host model,
 * RFC 1122 §3.3.4.2), and a relay or router may stand between the bench and us. With an address of neither kind a
 * connection cannot come about, since our answers would leave by another interface.
 *
 * @param name of the interface; without one nothing is on the bench
 */
export function benchSide(name: string | null, read = networkInterfaces): (local: string, remote: string) => boolean {
  return (local, remote) => {
    if (name === null) return false
    const own = read()[name] ?? []
    if (own.some(({ address }) => address === local)) return true
    const networks = new BlockList()
    for (const { cidr, family } of own) {
      const [network, prefix] = cidr?.split('/') ?? []
      if (network !== undefined && prefix !== undefined)
        networks.addSubnet(network, Number(prefix), family === 'IPv6' ? 'ipv6' : 'ipv4')
    }
    return networks.check(remote, isIPv6(remote) ? 'ipv6' : 'ipv4')
  }
}
