import type { OptionKind } from './kind.ts'

/** Bytes whose meaning is the sender's own (options 43, 61, 82). */
export const opaque: OptionKind<Uint8Array> = {
  decode: (data) => (data.length > 0 ? data : undefined),
  encode: (value) => value,
}
