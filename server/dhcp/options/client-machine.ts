import type { OptionKind } from './kind.ts'

/** Network interface of a PXE client: type 1 is UNDI, then its version (RFC 4578 §2.2: option 94). */
export type ClientInterface = { readonly type: number; readonly major: number; readonly minor: number }

export const clientInterface: OptionKind<ClientInterface> = {
  bytes: 3,
  decode: (data) => {
    const [type, major, minor] = data
    if (data.length !== 3 || type === undefined || major === undefined || minor === undefined) return undefined
    return { type, major, minor }
  },
  encode: ({ type, major, minor }) => Uint8Array.of(type, major, minor),
}

/** How many bytes of each group of a printed UUID are reversed on the wire: SMBIOS keeps the first three little endian. */
const LITTLE_ENDIAN_GROUPS: ReadonlyArray<readonly [start: number, end: number]> = [
  [0, 4],
  [4, 6],
  [6, 8],
]

function swapGroups(bytes: Uint8Array): Uint8Array {
  const swapped = Uint8Array.from(bytes)
  for (const [start, end] of LITTLE_ENDIAN_GROUPS) swapped.subarray(start, end).reverse()
  return swapped
}

/**
 * The machine's SMBIOS UUID (RFC 4578 §2.3: option 97): a type byte 0, then 16 bytes as they lie in SMBIOS.
 * The value is the printed form, lower case, equal to Linux's `/sys/class/dmi/id/product_uuid`.
 */
export const clientUuid: OptionKind<string> = {
  bytes: 17,
  decode: (data) => {
    if (data.length !== 17 || data[0] !== 0) return undefined
    const hex = Buffer.from(swapGroups(data.subarray(1))).toString('hex')
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  },
  encode: (uuid) => Uint8Array.of(0, ...swapGroups(Buffer.from(uuid.replaceAll('-', ''), 'hex'))),
}
