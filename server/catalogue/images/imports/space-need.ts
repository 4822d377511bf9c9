import type { Edition } from '../../../../images/wim/editions.ts'
import type { WimCompression } from '../../../../images/wim/header.ts'

/** How much larger LZX at our level may get than the same bytes were, by how they were packed; measured, rounded up. */
const growth: Readonly<Record<WimCompression, number>> = { none: 1, xpress: 1.05, lzx: 1.1, lzms: 1.6 }
/** Manifest, directory, and what others write meanwhile. */
const marginBytes = 64 * 1024 * 1024

/**
 * Bytes to have free before one edition is prepared: the whole source repacked, for editions of one file share nearly
 * all of it, but never more than the edition unpacked.
 */
export function spaceNeeded(source: { sizeBytes: number; compression: WimCompression }, edition: Edition): number {
  const repacked = Math.ceil(source.sizeBytes * growth[source.compression])
  const unpacked = edition.sizeBytes - edition.hardLinkBytes
  return marginBytes + (unpacked > 0 ? Math.min(repacked, Math.ceil(unpacked * 1.02)) : repacked)
}

/**
 * Bytes to have free before an upload begins: the file, then as much again for the image made from it, and what
 * other uploads were promised.
 */
export function spaceNeededForUpload(sizeBytes: number, promisedBytes: number): number {
  return marginBytes + 2 * sizeBytes + promisedBytes
}
