import { isIpv4, type Ipv4 } from '../dhcp/addresses.ts'
import { readInterface } from '../dhcp/interface.ts'
import type { Config } from '../configuration/read.ts'

/**
 * Our own address on the workshop's network, as machines reach it; null when nothing says which it is, and network boot
 * stays off.
 *
 * @throws DhcpError when the configured interface does not exist or has no address.
 */
export function workshopAddress(
  config: Pick<Config, 'interface' | 'dhcp.range' | 'tftp.listen' | 'publicUrl'>,
  read: typeof readInterface = readInterface,
): Ipv4 | null {
  if (config.interface !== null) return read(config.interface, config['dhcp.range']?.first ?? '0.0.0.0').address
  const tftp = config['tftp.listen']
  if (typeof tftp === 'object' && isIpv4(tftp.host) && tftp.host !== '0.0.0.0') return tftp.host
  const host = config.publicUrl === null ? '' : new URL(config.publicUrl).hostname
  return isIpv4(host) ? host : null
}
