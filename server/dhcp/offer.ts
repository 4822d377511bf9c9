import { ANY_ADDRESS, networkContains, type Ipv4 } from './addresses.ts'
import { bootRequest } from './boot.ts'
import { ignored, type Context, type Decision, type Ignored, type Needed } from './decision.ts'
import { clientKey } from './lease.ts'
import type { DhcpPacket } from './packet.ts'
import type { PoolChange } from './pool.ts'
import { informReply, leaseReply } from './reply.ts'
import type { Scope } from './settings.ts'

/** DHCPDISCOVER: the address the client has, had or may have, probed and held for it (RFC 2131 §4.3.1). */
export function decideDiscover(request: DhcpPacket, context: Context, scope: Scope): Decision {
  const { settings, pool, now } = context
  const client = clientKey(request)
  const address = pool.choose(scope.range, client, request.options.requestedAddress, now)
  if (address === undefined) return ignored('range-exhausted')
  const boot = bootOrNeed(request, context, address)
  if (boot.kind !== 'known') return boot
  const probe = probeIfDue(request, context, scope, address)
  if (probe) return probe
  const reply = leaseReply(request, settings, { messageType: 'offer', address, scope, boot: boot.answer })
  return { ...reply, changes: [hold(context, client, address)] }
}

/** DHCPINFORM: the client has an address of its own making and wants the rest (RFC 2131 §4.3.5). */
export function decideInform(request: DhcpPacket, context: Context, scope: Scope): Decision {
  if (request.ciaddr === ANY_ADDRESS) return ignored('no-address-named')
  // An answer goes to ciaddr: to no address outside the client's own network, whoever the sender really is.
  if (!networkContains(scope.network, request.ciaddr)) return ignored('address-not-ours')
  const boot = bootOrNeed(request, context, request.ciaddr)
  if (boot.kind !== 'known') return boot
  return { ...informReply(request, context.settings, scope, boot.answer), changes: [] }
}

type KnownBoot = { readonly kind: 'known'; readonly answer: NonNullable<Context['boot']>['answer'] }

/** What boots the machine at this address; or that it must be asked; or silence. */
export function bootOrNeed(request: DhcpPacket, context: Context, address: Ipv4): KnownBoot | Needed | Ignored {
  const { boot } = context
  if (boot?.address !== address) return { kind: 'needs-boot', ask: bootRequest(request, address) }
  if (boot.answer.kind === 'silent') return { ...ignored('boot-silent'), detail: boot.answer.reason }
  return { kind: 'known', answer: boot.answer }
}

/**
 * An address nobody has leased from us may still be in use (RFC 2131 §3.1.2 asks servers to look): it is probed unless its
 * client has it now, or a probe met nobody a moment ago. Networks behind a relay are out of reach of ARP.
 */
export function probeIfDue(request: DhcpPacket, context: Context, scope: Scope, address: Ipv4): Needed | undefined {
  const { settings, pool, now } = context
  const client = clientKey(request)
  if (scope !== settings.local || pool.isSeenFree(address, now)) return undefined
  const lease = pool.leaseAt(address)
  if (lease?.state === 'bound' && lease.client === client && lease.expiresAt > now) return undefined
  return { kind: 'needs-probe', address, changes: [hold(context, client, address)] }
}

function hold({ settings, now }: Context, client: string, address: Ipv4): PoolChange {
  return { change: 'hold', hold: { address, client, until: new Date(now.getTime() + settings.offerMs) } }
}
