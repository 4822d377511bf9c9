import { inflateRawSync } from 'node:zlib'
import { MalformedCabinet } from './malformed-cabinet.ts'

/** Bytes of a block once unpacked, at most; what came before it in its folder is its dictionary. */
export const blockBytes = 32_768

/**
 * A block's checksum ([MS-CAB] §3.1): its words, little endian, joined by exclusive or; up to three bytes that are left
 * make one more word, the last of them lowest.
 */
export function checksum(bytes: Uint8Array, seed = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let sum = seed
  let at = 0
  for (; at + 4 <= bytes.length; at += 4) sum ^= view.getUint32(at, true)
  let rest = 0
  for (; at < bytes.length; at += 1) rest = rest * 256 + (bytes[at] ?? 0)
  return (sum ^ rest) >>> 0
}

/**
 * Unpacks a block of MSZIP: `CK`, then a deflate stream of its own that may refer to the block before ([MS-MCI]).
 *
 * @param offset - of the block in the file, for errors
 * @throws MalformedCabinet
 */
export function unpackMszip(packed: Uint8Array, before: Uint8Array, unpackedBytes: number, offset: number): Uint8Array {
  if (packed[0] !== 0x43 || packed[1] !== 0x4b)
    throw new MalformedCabinet('MSZIP block', offset, 'does not begin with CK')
  try {
    const dictionary = before.length === 0 ? {} : { dictionary: before }
    const bytes = inflateRawSync(packed.subarray(2), { ...dictionary, maxOutputLength: blockBytes })
    if (bytes.length !== unpackedBytes)
      throw new MalformedCabinet('MSZIP block', offset, `${bytes.length} bytes instead of ${unpackedBytes}`)
    return bytes
  } catch (error) {
    if (error instanceof MalformedCabinet) throw error
    throw new MalformedCabinet('MSZIP block', offset, String(error))
  }
}
