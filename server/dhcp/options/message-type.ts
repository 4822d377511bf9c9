import type { OptionKind } from './kind.ts'

const MESSAGE_TYPES = ['discover', 'offer', 'request', 'decline', 'ack', 'nak', 'release', 'inform'] as const

/** DHCP message types of RFC 2132 §9.6; the lease queries and later ones are no business of ours. */
export type MessageType = (typeof MESSAGE_TYPES)[number]

/** One byte: 1 = DISCOVER … 8 = INFORM (RFC 2132: option 53). */
export const messageType: OptionKind<MessageType> = {
  bytes: 1,
  decode: (data) => (data.length === 1 ? MESSAGE_TYPES[(data[0] ?? 0) - 1] : undefined),
  encode: (value) => Uint8Array.of(MESSAGE_TYPES.indexOf(value) + 1),
}
