/** A dotted IPv4 address. */
export type Ipv4 = `${number}.${number}.${number}.${number}`

/** Lower-case hexadecimal octets with colons, as long as `hlen` says: `02:00:5e:10:00:01`. */
export type HardwareAddress = string

/** Addresses from `first` to `last`, both included. */
export type AddressRange = { readonly first: Ipv4; readonly last: Ipv4 }

/** A network by any address in it and the length of its prefix. */
export type Network = { readonly address: Ipv4; readonly prefixLength: number }

export const ANY_ADDRESS: Ipv4 = '0.0.0.0'
export const LIMITED_BROADCAST: Ipv4 = '255.255.255.255'

/** True of four decimal octets without leading zeros or signs. */
export function isIpv4(text: string): text is Ipv4 {
  const octets = text.split('.')
  return octets.length === 4 && octets.every((octet) => /^(0|[1-9]\d{0,2})$/.test(octet) && Number(octet) <= 255)
}

/** The address as an unsigned 32-bit number, so that addresses can be compared and counted. */
export function ipv4ToNumber(address: Ipv4): number {
  return address.split('.').reduce((value, octet) => value * 256 + Number(octet), 0)
}

/** The address of an unsigned 32-bit number; higher bits are ignored. */
export function numberToIpv4(value: number): Ipv4 {
  return `${(value >>> 24) & 255}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`
}

/** The address in four bytes in network order at `offset`; bytes that are not there count as zero. */
export function readIpv4(bytes: Uint8Array, offset: number): Ipv4 {
  return `${bytes[offset] ?? 0}.${bytes[offset + 1] ?? 0}.${bytes[offset + 2] ?? 0}.${bytes[offset + 3] ?? 0}`
}

/** The four bytes of an address in network order. */
export function ipv4Bytes(address: Ipv4): Uint8Array {
  return Uint8Array.from(address.split('.'), Number)
}

export function rangeSize(range: AddressRange): number {
  return ipv4ToNumber(range.last) - ipv4ToNumber(range.first) + 1
}

export function rangeContains(range: AddressRange, address: Ipv4): boolean {
  const value = ipv4ToNumber(address)
  return value >= ipv4ToNumber(range.first) && value <= ipv4ToNumber(range.last)
}

/** The mask of a prefix length of 0 to 32. */
export function networkMask(prefixLength: number): Ipv4 {
  return numberToIpv4(prefixLength === 0 ? 0 : (0xffffffff << (32 - prefixLength)) >>> 0)
}

/** The prefix length of a mask; undefined when its ones are not contiguous. */
export function prefixLengthOf(mask: Ipv4): number | undefined {
  const bits = ipv4ToNumber(mask).toString(2).padStart(32, '0')
  return /^1*0*$/.test(bits) ? bits.replaceAll('0', '').length : undefined
}

/** First and last address of a network: its own name and its broadcast address. */
export function networkBounds(network: Network): AddressRange {
  const mask = ipv4ToNumber(networkMask(network.prefixLength))
  const first = (ipv4ToNumber(network.address) & mask) >>> 0
  return { first: numberToIpv4(first), last: numberToIpv4((first | (~mask >>> 0)) >>> 0) }
}

export function networkContains(network: Network, address: Ipv4): boolean {
  return rangeContains(networkBounds(network), address)
}

/** Bytes as a hardware address; none give the empty text. */
export function formatHardwareAddress(bytes: Uint8Array): HardwareAddress {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':')
}

/** The bytes of a hardware address; the empty text gives none. */
export function hardwareAddressBytes(address: HardwareAddress): Uint8Array {
  return address === '' ? new Uint8Array() : Uint8Array.from(address.split(':'), (octet) => Number.parseInt(octet, 16))
}
