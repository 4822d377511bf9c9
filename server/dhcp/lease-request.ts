import { ANY_ADDRESS, networkContains, rangeContains, type Ipv4 } from './addresses.ts'
import { ignored, type Context, type Decision } from './decision.ts'
import { clientKey, reportedHostName, type Lease } from './lease.ts'
import { bootOrNeed, probeIfDue } from './offer.ts'
import type { DhcpPacket } from './packet.ts'
import type { PoolChange } from './pool.ts'
import type { RefusedReason } from './reasons.ts'
import { leaseReply, refusal } from './reply.ts'
import type { Scope } from './settings.ts'

/** DHCPREQUEST in the four states of its sender, told apart as RFC 2131 §4.3.2 says. */
export function decideRequest(request: DhcpPacket, context: Context, scope: Scope): Decision {
  const { serverIdentifier, requestedAddress } = request.options
  if (serverIdentifier !== undefined) return decideSelecting(request, context, scope)
  if (requestedAddress !== undefined && request.ciaddr === ANY_ADDRESS) {
    return decideInitReboot(request, context, scope, requestedAddress)
  }
  return decideExtending(request, context, scope)
}

/** SELECTING: the client answers an offer, ours or another server's. */
function decideSelecting(request: DhcpPacket, context: Context, scope: Scope): Decision {
  const { settings, pool, now } = context
  const client = clientKey(request)
  if (request.options.serverIdentifier !== settings.serverAddress) {
    const held = pool.holdOf(client, now)
    return ignored('chose-another-server', held ? [{ change: 'drop-hold', address: held.address }] : [])
  }
  const address = chosenAddress(request, context)
  if (address === ANY_ADDRESS) return ignored('no-address-named')
  if (!rangeContains(scope.range, address)) return decideForeignAddress(request, context, scope, address)
  if (!pool.isAvailable(address, client, now)) return refuse(request, context, address, 'address-of-another')
  // An offer we know of was probed; after a restart of ours the client may hold one we have forgotten.
  if (pool.belongsTo(client, address, now)) return grant(request, context, scope, address)
  return probeIfDue(request, context, scope, address) ?? grant(request, context, scope, address)
}

/** What the client names; with an empty option 50 and our identifier it can only mean what we offered it. */
function chosenAddress(request: DhcpPacket, { pool, now }: Context): Ipv4 {
  const named = request.options.requestedAddress ?? request.ciaddr
  if (named !== ANY_ADDRESS) return named
  return pool.holdOf(clientKey(request), now)?.address ?? ANY_ADDRESS
}

/** INIT-REBOOT: the client remembers an address. A server with no record of it must remain silent (RFC 2131 §4.3.2). */
function decideInitReboot(request: DhcpPacket, context: Context, scope: Scope, address: Ipv4): Decision {
  const { pool, now } = context
  const client = clientKey(request)
  if (!rangeContains(scope.range, address)) return decideForeignAddress(request, context, scope, address)
  // It takes our offer of a moment ago, with an empty option 54 that should have said so.
  if (pool.holdOf(client, now)?.address === address && pool.isAvailable(address, client, now)) {
    return grant(request, context, scope, address)
  }
  const record = pool.leaseOf(client, scope.range)
  if (!record) return ignored('no-record')
  if (record.address !== address) return refuse(request, context, address, 'wrong-address')
  if (!pool.isAvailable(address, client, now)) return refuse(request, context, address, 'address-of-another')
  return grant(request, context, scope, address)
}

/**
 * RENEWING (unicast) or REBINDING (broadcast), which a socket cannot tell apart. The client uses the address now. If it is
 * in our range and nobody else's, it is confirmed even without a record: then we lost it, and cutting the client off
 * in the middle of its work would help nobody.
 */
function decideExtending(request: DhcpPacket, context: Context, scope: Scope): Decision {
  const address = request.ciaddr
  if (address === ANY_ADDRESS) return ignored('no-address-named')
  if (!rangeContains(scope.range, address)) return decideForeignAddress(request, context, scope, address)
  if (!context.pool.isAvailable(address, clientKey(request), context.now)) {
    return refuse(request, context, address, 'address-of-another')
  }
  return grant(request, context, scope, address)
}

/**
 * An address we do not lease. Beside another server it may well be that one's lease, and a DHCPNAK would throw its client
 * off the network: silence. As the only server we tell a client that moved here from elsewhere (RFC 2131 §4.3.2).
 */
function decideForeignAddress(request: DhcpPacket, context: Context, scope: Scope, address: Ipv4): Decision {
  if (context.settings.mode !== 'full') return ignored('address-not-ours')
  if (!networkContains(scope.network, address)) return refuse(request, context, address, 'wrong-network')
  const chosen = request.options.serverIdentifier === context.settings.serverAddress
  return chosen ? refuse(request, context, address, 'outside-range') : ignored('address-not-ours')
}

function refuse(request: DhcpPacket, context: Context, address: Ipv4, reason: RefusedReason): Decision {
  const held = context.pool.holdOf(clientKey(request), context.now)
  const changes: PoolChange[] = held ? [{ change: 'drop-hold', address: held.address }] : []
  return { ...refusal(request, context.settings, address, reason), changes }
}

function grant(request: DhcpPacket, context: Context, scope: Scope, address: Ipv4): Decision {
  const { settings, pool } = context
  const boot = bootOrNeed(request, context, address)
  if (boot.kind !== 'known') return boot
  const before = pool.leaseOf(clientKey(request), scope.range)
  // One machine, one address: the record of another one goes.
  const moved: PoolChange[] =
    before && before.address !== address ? [{ change: 'forget', address: before.address }] : []
  return {
    ...leaseReply(request, settings, { messageType: 'ack', address, scope, boot: boot.answer }),
    changes: [{ change: 'lease', lease: newLease(request, context, address) }, ...moved],
  }
}

function newLease(request: DhcpPacket, { settings, pool, now }: Context, address: Ipv4): Lease {
  const client = clientKey(request)
  const before = pool.leaseAt(address)
  const continued = before?.state === 'bound' && before.client === client && before.expiresAt > now
  const hostName = reportedHostName(request) ?? (continued ? before.hostName : undefined)
  return {
    address,
    state: 'bound',
    client,
    mac: request.chaddr,
    ...(hostName === undefined ? {} : { hostName }),
    startedAt: continued ? before.startedAt : now,
    grantedAt: now,
    expiresAt: new Date(now.getTime() + settings.leaseSeconds * 1000),
  }
}
