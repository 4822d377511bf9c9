import { ANY_ADDRESS, networkBounds, networkContains, networkMask, type Ipv4 } from './addresses.ts'
import { bootFields, type BootAnswer } from './boot.ts'
import type { Destination, Reply } from './decision.ts'
import type { NamedOptions } from './options/table.ts'
import { BROADCAST_FLAG, type DhcpPacket } from './packet.ts'
import { dhcpReasons, type RefusedReason } from './reasons.ts'
import type { Scope, Settings } from './settings.ts'

const IP_AND_UDP_HEADERS = 28
/** What every client must take (RFC 2131 §2), and what an Ethernet frame carries. */
const SMALLEST_LIMIT = 576
const LARGEST_LIMIT = 1500

type LeaseReply = {
  readonly messageType: 'offer' | 'ack'
  readonly address: Ipv4
  readonly scope: Scope
  readonly boot: BootAnswer
}

/** A DHCPOFFER or DHCPACK that gives an address (RFC 2131 §4.3.1, table 3). */
export function leaseReply(request: DhcpPacket, settings: Settings, lease: LeaseReply): Omit<Reply, 'changes'> {
  const { leaseSeconds } = settings
  const packet = answer(request, settings, lease.messageType, {
    ...networkOptions(request, lease.scope),
    leaseSeconds,
    renewalSeconds: Math.floor(leaseSeconds / 2),
    rebindingSeconds: Math.floor((leaseSeconds * 7) / 8),
  })
  return addressed(request, lease.scope, lease.address, {
    ...withBoot(packet, request, lease.boot),
    ciaddr: lease.messageType === 'ack' ? request.ciaddr : ANY_ADDRESS,
    yiaddr: lease.address,
  })
}

/** The DHCPACK to a DHCPINFORM: everything but an address and its times (RFC 2131 §4.3.5). */
export function informReply(
  request: DhcpPacket,
  settings: Settings,
  scope: Scope,
  boot: BootAnswer,
): Omit<Reply, 'changes'> {
  const packet = answer(request, settings, 'ack', networkOptions(request, scope))
  return addressed(request, scope, request.ciaddr, { ...withBoot(packet, request, boot), ciaddr: request.ciaddr })
}

/** A DHCPNAK (RFC 2131 §4.3.2): broadcast, since the client's address is the very thing in doubt. */
export function refusal(
  request: DhcpPacket,
  settings: Settings,
  address: Ipv4,
  reason: RefusedReason,
): Omit<Reply, 'changes'> {
  const packet = answer(request, settings, 'nak', { message: dhcpReasons[reason].en })
  const relayed = request.giaddr !== ANY_ADDRESS
  return {
    kind: 'reply',
    packet: relayed ? { ...packet, flags: packet.flags | BROADCAST_FLAG } : packet,
    destination: relayed ? { to: 'relay', address: request.giaddr } : { to: 'broadcast' },
    limitBytes: replyLimit(request),
    address,
    reason,
  }
}

/** Header of any reply, and the options all of them have. Client identifier: RFC 6842; relay information: RFC 3046 §2.2. */
function answer(
  request: DhcpPacket,
  settings: Settings,
  messageType: 'offer' | 'ack' | 'nak',
  options: NamedOptions,
): DhcpPacket {
  const { clientIdentifier, relayAgentInformation } = request.options
  return {
    op: 'reply',
    htype: request.htype,
    hops: 0,
    xid: request.xid,
    secs: 0,
    flags: request.flags,
    ciaddr: ANY_ADDRESS,
    yiaddr: ANY_ADDRESS,
    siaddr: ANY_ADDRESS,
    giaddr: request.giaddr,
    chaddr: request.chaddr,
    sname: '',
    file: '',
    options: {
      messageType,
      serverIdentifier: settings.serverAddress,
      ...options,
      ...(clientIdentifier ? { clientIdentifier } : {}),
      ...(relayAgentInformation ? { relayAgentInformation } : {}),
      unknown: new Map(),
    },
  }
}

function withBoot(packet: DhcpPacket, request: DhcpPacket, boot: BootAnswer): DhcpPacket {
  const { options, ...header } = bootFields(request, boot)
  return { ...packet, ...header, options: { ...packet.options, ...options } }
}

/** Mask and broadcast always; routers, name servers and domain if the client asks for them, or lists nothing. */
function networkOptions(request: DhcpPacket, scope: Scope): NamedOptions {
  const wanted = request.options.parameterRequestList
  const asksFor = (code: number): boolean => wanted === undefined || wanted.includes(code)
  return {
    subnetMask: networkMask(scope.network.prefixLength),
    broadcastAddress: networkBounds(scope.network).last,
    ...(scope.routers && asksFor(3) ? { routers: scope.routers } : {}),
    ...(scope.domainNameServers && asksFor(6) ? { domainNameServers: scope.domainNameServers } : {}),
    ...(scope.domainName && asksFor(15) ? { domainName: scope.domainName } : {}),
  }
}

function addressed(request: DhcpPacket, scope: Scope, address: Ipv4, packet: DhcpPacket): Omit<Reply, 'changes'> {
  return { kind: 'reply', packet, destination: destination(request, scope), limitBytes: replyLimit(request), address }
}

/**
 * RFC 2131 §4.1. A client that has no address yet cannot be reached by UDP from a socket, for want of an ARP entry: it
 * gets a broadcast even without the broadcast flag, which the same section allows.
 */
function destination(request: DhcpPacket, scope: Scope): Destination {
  if (request.giaddr !== ANY_ADDRESS) return { to: 'relay', address: request.giaddr }
  if (request.ciaddr !== ANY_ADDRESS && networkContains(scope.network, request.ciaddr)) {
    return { to: 'client-unicast', address: request.ciaddr }
  }
  return { to: 'broadcast' }
}

/** Option 57 counts the whole IP datagram. */
function replyLimit(request: DhcpPacket): number {
  const asked = request.options.maximumMessageSize ?? SMALLEST_LIMIT
  return Math.min(Math.max(asked, SMALLEST_LIMIT), LARGEST_LIMIT) - IP_AND_UDP_HEADERS
}
