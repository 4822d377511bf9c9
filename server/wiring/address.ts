import { hostname, networkInterfaces } from 'node:os'
import { isIpv4, type Ipv4 } from '../dhcp/addresses.ts'
import { readInterface } from '../dhcp/interface.ts'
import { tlsEndpoint, type Config } from '../configuration/read.ts'

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

/**
 * Where browsers reach the dashboard, and what a machine's QR code leads to: encrypted at our address in the workshop, or
 * at one of another network where the workshop gets no dashboard. Without an address to give it is this computer's own.
 */
export function browserUrl(
  config: Pick<Config, 'publicUrl' | 'interface' | 'dashboard.http' | 'dashboard.onBench'>,
  { address, ports }: { address: Ipv4 | null; ports: { plain: number; tls: number } },
  interfaces: typeof networkInterfaces = networkInterfaces,
): string {
  if (config.publicUrl !== null) return config.publicUrl
  const others = Object.entries(interfaces()).flatMap(([name, own = []]) => (name === config.interface ? [] : own))
  const elsewhere = others.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? null
  const host = config['dashboard.onBench'] === 'yes' ? address : elsewhere
  if (host === null) return `http://localhost:${ports.plain}`
  return config['dashboard.http'] === 'everywhere' ? `http://${host}:${ports.plain}` : `https://${host}:${ports.tls}`
}

/** Our encrypted address for other computers; null when only this one is served. */
export function urlElsewhere(
  config: Pick<Config, 'listen' | 'tls.listen' | 'publicUrl' | 'interface' | 'dashboard.http' | 'dashboard.onBench'>,
  { address, port }: { address: Ipv4 | null; port: number },
): string | null {
  if (/^(127\.|::1$|localhost$)/.test(tlsEndpoint(config).host)) return null
  const url = browserUrl(config, { address, ports: { plain: port, tls: port } })
  return url.startsWith('https:') ? url : `https://${hostname()}:${port}`
}
