import { ANY_ADDRESS, type HardwareAddress, type Ipv4 } from './addresses.ts'
import { ignored, type Context, type Decision } from './decision.ts'
import { clientKey } from './lease.ts'
import type { DhcpPacket } from './packet.ts'
import type { PoolChange } from './pool.ts'

/** DHCPDECLINE: the client found somebody else at the address we gave it (RFC 2131 §4.3.3). */
export function decideDecline(request: DhcpPacket, context: Context): Decision {
  const { settings, pool, now } = context
  if (request.options.serverIdentifier !== settings.serverAddress) return ignored('for-another-server')
  const address = request.options.requestedAddress
  if (address === undefined) return ignored('no-address-named')
  // Only of an address the client has from us, or anybody could empty the range.
  const client = clientKey(request)
  if (!pool.belongsTo(client, address, now)) return ignored('not-its-address')
  return { kind: 'noted', what: 'declined', address, changes: [quarantine(context, address, client, request.chaddr)] }
}

/** DHCPRELEASE: the address is free, and remembered for when the client comes back (RFC 2131 §4.3.4). */
export function decideRelease(request: DhcpPacket, context: Context): Decision {
  const { settings, pool, now } = context
  if (request.options.serverIdentifier !== settings.serverAddress) return ignored('for-another-server')
  const address = request.ciaddr
  if (address === ANY_ADDRESS) return ignored('no-address-named')
  const lease = pool.leaseAt(address)
  if (lease?.state !== 'bound' || lease.client !== clientKey(request)) return ignored('not-its-address')
  const released: PoolChange = { change: 'lease', lease: { ...lease, state: 'released', expiresAt: now } }
  return { kind: 'noted', what: 'released', address, changes: [released] }
}

/** Leaves an address alone for a while, because `holder` has it, or a client says somebody does. */
export function quarantine(
  { settings, now }: Pick<Context, 'settings' | 'now'>,
  address: Ipv4,
  client: string,
  holder: HardwareAddress,
): PoolChange {
  const expiresAt = new Date(now.getTime() + settings.quarantineMs)
  const times = { startedAt: now, grantedAt: now, expiresAt }
  return { change: 'lease', lease: { address, state: 'quarantined', client, mac: holder, ...times } }
}
