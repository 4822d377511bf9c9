import { ipv4Bytes, readIpv4, type Ipv4 } from '../addresses.ts'
import type { OptionKind } from './kind.ts'

/** One IPv4 address (RFC 2132: options 1, 28, 50, 54). */
export const address: OptionKind<Ipv4> = {
  bytes: 4,
  decode: (data) => (data.length === 4 ? readIpv4(data, 0) : undefined),
  encode: ipv4Bytes,
}

/** One or more IPv4 addresses (RFC 2132: options 3, 6). */
export const addressList: OptionKind<readonly Ipv4[]> = {
  decode: (data) =>
    data.length > 0 && data.length % 4 === 0
      ? Array.from({ length: data.length / 4 }, (_, index) => readIpv4(data, index * 4))
      : undefined,
  encode: (addresses) => Uint8Array.from(addresses.flatMap((each) => [...ipv4Bytes(each)])),
}
