import { formatHardwareAddress, type HardwareAddress } from './addresses.ts'
import type { ClientKind } from './boot.ts'

/** Who sent a datagram that could not be read as a message, as far as its bytes tell. */
export type MalformedSender = { readonly mac?: HardwareAddress; readonly client: ClientKind }

const COOKIE = { at: 236, bytes: Buffer.from([99, 130, 83, 99]) }
const ETHERNET_ADDRESS = { start: 28, end: 34 }

/**
 * The header is at a fixed place, so its sender is known though an option is damaged; the vendor class is looked for as
 * text, since the options cannot be told apart any more. Pure and total.
 */
export function malformedSender(bytes: Uint8Array): MalformedSender {
  const datagram = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const client = datagram.includes('PXEClient', COOKIE.at)
    ? 'pxe'
    : datagram.includes('HTTPClient', COOKIE.at)
      ? 'http'
      : 'other'
  const isRequest = datagram[0] === 1 && datagram[2] === 6
  const hasCookie = datagram.subarray(COOKIE.at, COOKIE.at + 4).equals(COOKIE.bytes)
  if (!isRequest || !hasCookie) return { client }
  return { client, mac: formatHardwareAddress(datagram.subarray(ETHERNET_ADDRESS.start, ETHERNET_ADDRESS.end)) }
}
