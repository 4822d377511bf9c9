import { headerBytes, type WimHeader } from '../images/wim/header.ts'
import type { ResourceEntry } from '../images/wim/resource-entry.ts'

/** Writes a header as 208 bytes; the unused ones are zero. */
export function encodeHeader(header: WimHeader): Uint8Array {
  const bytes = new Uint8Array(headerBytes)
  const view = new DataView(bytes.buffer)
  bytes.set(Buffer.from(header.pipable ? 'WLPWM\0\0\0' : 'MSWIM\0\0\0', 'latin1'))
  view.setUint32(8, headerBytes, true)
  view.setUint32(12, header.version, true)
  view.setUint32(16, header.flags, true)
  view.setUint32(20, header.chunkSizeBytes, true)
  bytes.set(Buffer.from(header.guid, 'hex').subarray(0, 16), 24)
  view.setUint16(40, header.partNumber, true)
  view.setUint16(42, header.totalParts, true)
  view.setUint32(44, header.imageCount, true)
  encodeResourceEntry(header.blobTable, bytes, 48)
  encodeResourceEntry(header.xmlData, bytes, 72)
  encodeResourceEntry(header.bootMetadata, bytes, 96)
  view.setUint32(120, header.bootIndex, true)
  encodeResourceEntry(header.integrity, bytes, 124)
  return bytes
}

/** Writes one resource entry at `at`; `bytes` must have 24 bytes of room there. */
export function encodeResourceEntry(entry: ResourceEntry, bytes: Uint8Array, at: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  view.setBigUint64(at, BigInt(entry.sizeBytes) | (BigInt(entry.flags) << 56n), true)
  view.setBigUint64(at + 8, BigInt(entry.offset), true)
  view.setBigUint64(at + 16, BigInt(entry.originalSizeBytes), true)
}
