import { existsSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { isIpv4, networkContains, prefixLengthOf, type Ipv4 } from './addresses.ts'
import { DhcpError } from './errors.ts'
import type { InterfaceFacts } from './settings.ts'

/**
 * Reads the address of a network interface; of several, the one in whose network `near` lies.
 *
 * @throws DhcpError DHCP_INTERFACE_MISSING or DHCP_INTERFACE_WITHOUT_ADDRESS.
 */
export function readInterface(name: string, near: Ipv4): InterfaceFacts {
  const interfaces = networkInterfaces()
  const found = (interfaces[name] ?? []).flatMap((entry) => {
    if (entry.family !== 'IPv4' || !isIpv4(entry.address) || !isIpv4(entry.netmask)) return []
    const prefixLength = prefixLengthOf(entry.netmask)
    return prefixLength === undefined ? [] : [{ address: entry.address, prefixLength, mac: entry.mac.toLowerCase() }]
  })
  const chosen = found.find((facts) => networkContains(facts, near)) ?? found[0]
  if (chosen) return chosen
  // Node lists only interfaces that are up and have an address; the system knows the others too.
  const exists = /^[^/\s]{1,15}$/.test(name) && existsSync(`/sys/class/net/${name}`)
  if (exists) throw new DhcpError('DHCP_INTERFACE_WITHOUT_ADDRESS', { device: name })
  const available = Object.keys(interfaces).filter((each) => each !== 'lo')
  throw new DhcpError('DHCP_INTERFACE_MISSING', { device: name, available: available.join(', ') || '–' })
}
