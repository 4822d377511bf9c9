import type { Ipv4 } from './addresses.ts'
import type { BootAnswer, BootRequest } from './boot.ts'
import type { DhcpPacket } from './packet.ts'
import type { PoolChange, PoolView } from './pool.ts'
import type { IgnoredReason, RefusedReason } from './reasons.ts'
import type { Settings } from './settings.ts'

/** Where a reply goes (RFC 2131 §4.1): to the relay's port 67, to the client's port 68, or to everybody's port 68. */
export type Destination =
  | { readonly to: 'relay'; readonly address: Ipv4 }
  | { readonly to: 'client-unicast'; readonly address: Ipv4 }
  | { readonly to: 'broadcast' }

export type Reply = {
  readonly kind: 'reply'
  readonly packet: DhcpPacket
  readonly destination: Destination
  /** Largest datagram the client takes, in bytes of UDP payload. */
  readonly limitBytes: number
  /** The address offered, acknowledged or refused. */
  readonly address: Ipv4
  /** Done, and stored, before the reply leaves. */
  readonly changes: readonly PoolChange[]
  /** Of a DHCPNAK. */
  readonly reason?: RefusedReason
}

export type Ignored = {
  readonly kind: 'ignored'
  readonly reason: IgnoredReason
  /** What decided the boot said, with `boot-silent`. */
  readonly detail?: string
  readonly changes: readonly PoolChange[]
}

/** A message that changes the pool and is owed no answer: DECLINE and RELEASE. */
export type Noted = {
  readonly kind: 'noted'
  readonly what: 'declined' | 'released'
  readonly address: Ipv4
  readonly changes: readonly PoolChange[]
}

/** What must be known before the message can be decided: decide again with the answer in the context or the pool. */
export type Needed =
  | { readonly kind: 'needs-boot'; readonly ask: BootRequest }
  | { readonly kind: 'needs-probe'; readonly address: Ipv4; readonly changes: readonly PoolChange[] }

export type Decision = Reply | Ignored | Noted | Needed

/** All that a decision is made from besides the message. */
export type Context = {
  readonly settings: Settings
  readonly pool: PoolView
  readonly now: Date
  /** What boots the machine once it has `address`; asked for by `needs-boot`. */
  readonly boot?: { readonly address: Ipv4; readonly answer: BootAnswer }
}

export function ignored(reason: IgnoredReason, changes: readonly PoolChange[] = []): Ignored {
  return { kind: 'ignored', reason, changes }
}
