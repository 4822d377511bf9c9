import { MalformedWim } from './malformed-wim.ts'

/**
 * Where a resource lies in a WIM: the "RESHDR_DISK_SHORT" of Microsoft's Windows Imaging File Format paper.
 *
 *    0        7    8               16              24
 *   ┌────────┬────┬───────────────┬───────────────┐
 *   │ size   │flag│ offset        │ original size │   little endian
 *   └────────┴────┴───────────────┴───────────────┘
 */
export type ResourceEntry = {
  /** Bytes the resource takes in the file. */
  readonly sizeBytes: number
  readonly flags: number
  /** From the start of the file, in bytes. */
  readonly offset: number
  /** Bytes once unpacked. */
  readonly originalSizeBytes: number
}

const resourceEntryBytes = 24
export const resourceFlags = { free: 0x01, metadata: 0x02, compressed: 0x04, spanned: 0x08, solid: 0x10 } as const

/**
 * Reads one resource entry.
 *
 * @param bytes - the structure it stands in
 * @param at - where it starts there
 * @param field - its name, for the error
 * @throws MalformedWim when it does not fit in `bytes`, or a number is beyond 2^53
 */
export function decodeResourceEntry(bytes: Uint8Array, at: number, field: string): ResourceEntry {
  if (at < 0 || at + resourceEntryBytes > bytes.length) throw new MalformedWim(field, at, 'cut short')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const packed = view.getBigUint64(at, true)
  return {
    sizeBytes: safe(packed & 0x00ff_ffff_ffff_ffffn, field, at),
    flags: Number(packed >> 56n),
    offset: safe(view.getBigUint64(at + 8, true), field, at + 8),
    originalSizeBytes: safe(view.getBigUint64(at + 16, true), field, at + 16),
  }
}

function safe(value: bigint, field: string, at: number): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new MalformedWim(field, at, 'a number no file can reach')
  return Number(value)
}
