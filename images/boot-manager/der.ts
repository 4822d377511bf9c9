import { MalformedPe } from '../pe/malformed-pe.ts'

/** One DER value (ITU-T X.690 §8.1): where it stands in the file, header and content. */
export type DerValue = {
  tag: number
  /** All of it, tag and length included. */
  whole: Uint8Array
  content: Uint8Array
  /** Offset of `content` in the file, for errors. */
  offset: number
}

/**
 * Reads the value at the beginning of `bytes`; what follows it is not looked at.
 *
 * @param offset - of `bytes` in the file, for errors
 * @throws MalformedPe when the value does not end within `bytes`, or has no definite length of at most 4 bytes
 */
export function readValue(bytes: Uint8Array, offset: number, field: string): DerValue {
  const [tag, first] = bytes
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw new MalformedPe(offset, field)
  const lengthBytes = first < 0x80 ? 0 : first - 0x80
  if (first === 0x80 || lengthBytes > 4 || 2 + lengthBytes > bytes.length) throw new MalformedPe(offset, field)
  const length = first < 0x80 ? first : bytes.subarray(2, 2 + lengthBytes).reduce((sum, byte) => sum * 256 + byte, 0)
  const start = 2 + lengthBytes
  if (start + length > bytes.length) throw new MalformedPe(offset, field)
  return {
    tag,
    whole: bytes.subarray(0, start + length),
    content: bytes.subarray(start, start + length),
    offset: offset + start,
  }
}

/** The values inside a constructed one. Throws MalformedPe when they do not fill it exactly. */
export function valuesIn({ content, offset }: DerValue, field: string): DerValue[] {
  const values: DerValue[] = []
  for (let at = 0; at < content.length;) {
    const value = readValue(content.subarray(at), offset + at, field)
    values.push(value)
    at += value.whole.length
  }
  return values
}

/** Tags of X.690 and X.680 as they occur in certificates. */
export const tags = {
  integer: 0x02,
  objectIdentifier: 0x06,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
  /** Context-specific, constructed: `[0]`. */
  context0: 0xa0,
} as const
