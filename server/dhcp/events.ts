import type { HardwareAddress, Ipv4 } from './addresses.ts'
import type { ClientKind } from './boot.ts'
import type { MessageType } from './options/message-type.ts'
import type { Oddity } from './options/oddity.ts'
import type { IgnoredReason, RefusedReason } from './reasons.ts'

/** What the DHCP server saw and did: one event tells what became of a message, others what was met on the way. */
export type DhcpEvent =
  | {
      readonly type: 'offered' | 'acknowledged'
      readonly mac: HardwareAddress
      readonly address: Ipv4
      readonly client: ClientKind
      /** Boot file or URL the reply names; none when it names nothing. */
      readonly boot?: string
      /** Options the reply had no room for. */
      readonly omitted?: readonly string[]
    }
  | {
      readonly type: 'refused'
      readonly mac: HardwareAddress
      readonly address: Ipv4
      readonly reason: RefusedReason
    }
  | { readonly type: 'declined' | 'released'; readonly mac: HardwareAddress; readonly address: Ipv4 }
  /** A probe for the client `mac` found `holder` at the address, which is now left alone for a while. */
  | {
      readonly type: 'taken'
      readonly mac: HardwareAddress
      readonly address: Ipv4
      readonly holder: HardwareAddress
    }
  /** Whoever answered for `address` answers for every address: proxy ARP. Its answers say nothing and quarantine nothing. */
  | {
      readonly type: 'proxy-arp'
      readonly mac: HardwareAddress
      readonly address: Ipv4
      readonly proxy: HardwareAddress
    }
  | {
      readonly type: 'ignored'
      readonly mac: HardwareAddress
      readonly client: ClientKind
      readonly messageType?: MessageType
      readonly reason: IgnoredReason
      /** With `boot-silent`: why the machine is not to boot from the network. */
      readonly detail?: string
    }
  /** Options were written against the rules and understood all the same; once a machine and kind of oddity. */
  | {
      readonly type: 'odd-options'
      readonly mac: HardwareAddress
      readonly client: ClientKind
      readonly oddities: readonly Oddity[]
    }
  /** `mac` and `client` as far as the bytes tell. */
  | {
      readonly type: 'malformed'
      readonly from: Ipv4
      readonly offset: number
      readonly field: string
      readonly mac?: HardwareAddress
      readonly client: ClientKind
    }
  /** Something of ours did not work; the client gets no answer and will ask again. */
  | {
      readonly type: 'failed'
      readonly during: 'boot' | 'probe' | 'store' | 'send' | 'receive' | 'decide'
      readonly mac?: HardwareAddress
      readonly error: unknown
    }
