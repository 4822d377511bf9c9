import type { OptionKind } from './kind.ts'

/** An unsigned number of 16 bits in network order (RFC 2132: option 57). */
export const uint16: OptionKind<number> = {
  bytes: 2,
  decode: (data) => (data.length === 2 ? view(data).getUint16(0) : undefined),
  encode: (value) => written(2, (bytes) => bytes.setUint16(0, value)),
}

/** An unsigned number of 32 bits in network order (RFC 2132: options 51, 58, 59). */
export const uint32: OptionKind<number> = {
  bytes: 4,
  decode: (data) => (data.length === 4 ? view(data).getUint32(0) : undefined),
  encode: (value) => written(4, (bytes) => bytes.setUint32(0, value)),
}

/** A list of 16-bit numbers (RFC 4578 §2.1: option 93). */
export const uint16List: OptionKind<readonly number[]> = {
  decode: (data) =>
    data.length > 0 && data.length % 2 === 0
      ? Array.from({ length: data.length / 2 }, (_, index) => view(data).getUint16(index * 2))
      : undefined,
  encode: (values) =>
    written(values.length * 2, (bytes) => values.forEach((value, index) => bytes.setUint16(index * 2, value))),
}

/** A list of option codes (RFC 2132: option 55). */
export const codeList: OptionKind<readonly number[]> = {
  decode: (data) => (data.length > 0 ? [...data] : undefined),
  encode: (codes) => Uint8Array.from(codes),
}

function view(data: Uint8Array): DataView {
  return new DataView(data.buffer, data.byteOffset, data.byteLength)
}

function written(length: number, write: (bytes: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(length)
  write(view(bytes))
  return bytes
}
