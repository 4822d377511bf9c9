import { ANY_ADDRESS } from './addresses.ts'
import { clientKind } from './boot.ts'
import { ignored, type Context, type Decision, type Ignored } from './decision.ts'
import { decideDecline, decideRelease } from './decline-release.ts'
import { decideDiscover, decideInform } from './offer.ts'
import type { DhcpPacket } from './packet.ts'
import { decideRequest } from './lease-request.ts'
import { scopeContaining, type Scope, type Settings } from './settings.ts'

/**
 * What to do with one message of a client (RFC 2131 §4.3). Pure: the same message in the same context gives the same
 * decision. When it comes back as `needs-boot` or `needs-probe`, find that out, put it into the context or the pool, and
 * decide again.
 */
export function decide(request: DhcpPacket, context: Context): Decision {
  const refused = admission(request, context.settings)
  if (refused) return refused
  const scope = scopeOf(request, context.settings)
  if (!scope) return ignored('unknown-relay-network')
  switch (request.options.messageType) {
    case 'discover':
      return decideDiscover(request, context, scope)
    case 'request':
      return decideRequest(request, context, scope)
    case 'inform':
      return decideInform(request, context, scope)
    case 'decline':
      return decideDecline(request, context)
    case 'release':
      return decideRelease(request, context)
    case 'offer':
    case 'ack':
    case 'nak':
      return ignored('not-a-client-message')
    default:
      request.options.messageType satisfies undefined
      return ignored('no-message-type')
  }
}

/** Whether the message is for us at all; beside another DHCP server only network-boot clients and our environment are. */
function admission(request: DhcpPacket, settings: Settings): Ignored | undefined {
  if (settings.mode === 'off') return ignored('dhcp-off')
  if (request.op !== 'request') return ignored('not-a-request')
  if (settings.mode === 'full') return undefined
  const { messageType, vendorClass } = request.options
  // DECLINE and RELEASE must not carry a vendor class (RFC 2131, table 5): they are told by server and address.
  if (messageType === 'decline' || messageType === 'release') return undefined
  return clientKind(vendorClass) === 'other' ? ignored('not-a-network-boot-client') : undefined
}

/**
 * The network the client is on: the relay's; else the one of the address it has (a renewal reaches us without the relay);
 * else our own.
 */
function scopeOf(request: DhcpPacket, settings: Settings): Scope | undefined {
  if (request.giaddr !== ANY_ADDRESS) return scopeContaining(settings, request.giaddr)
  return scopeContaining(settings, request.ciaddr) ?? settings.local
}
