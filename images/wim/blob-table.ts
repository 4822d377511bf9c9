import { MalformedWim } from './malformed-wim.ts'
import { decodeResourceEntry, resourceFlags, type ResourceEntry } from './resource-entry.ts'

/**
 * The blob table ("lookup table" in Microsoft's paper): where the bytes of every file of every image lie.
 *
 *    0                24     26           30            50
 *   ┌────────────────┬──────┬────────────┬─────────────┐
 *   │ resource entry │ part │ references │ SHA-1       │
 *   └────────────────┴──────┴────────────┴─────────────┘
 */
export type Blob = {
  readonly resource: ResourceEntry
  readonly partNumber: number
  /** How often the images of the file use it. */
  readonly references: number
  /** 40 hexadecimal digits; of the unpacked bytes. */
  readonly sha1: string
}

const blobEntryBytes = 50

/** Reads the whole table; throws MalformedWim when it is not made of 50-byte entries. */
export function decodeBlobTable(bytes: Uint8Array): readonly Blob[] {
  if (bytes.length % blobEntryBytes !== 0) throw new MalformedWim('blobTable', bytes.length, 'not a multiple of 50')
  const blobs: Blob[] = []
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0; at < bytes.length; at += blobEntryBytes) {
    blobs.push({
      resource: decodeResourceEntry(bytes, at, 'blob'),
      partNumber: view.getUint16(at + 24, true),
      references: view.getUint32(at + 26, true),
      sha1: Buffer.from(bytes.subarray(at + 30, at + 50)).toString('hex'),
    })
  }
  return blobs
}

/** Whether files are packed together (ESD) and not one by one. */
export function isSolid(blobs: readonly Blob[]): boolean {
  return blobs.some((blob) => (blob.resource.flags & resourceFlags.solid) !== 0)
}

/**
 * The SHA-1 of each image's metadata (its tree of names, times, owners and file hashes), in the order of the images:
 * two images with the same one are the same image, whatever file they came in. Metadata that nothing refers to is of an
 * image that was deleted from the file, as in the WinPE files of the WAIK 2.1; wimlib ignores it likewise.
 */
export function metadataHashes(blobs: readonly Blob[]): readonly string[] {
  return blobs
    .filter(({ resource, references }) => (resource.flags & resourceFlags.metadata) !== 0 && references > 0)
    .map((blob) => blob.sha1)
}

/** Where the last byte any blob claims ends: a shorter file has lost some. Blobs inside a solid resource have no place of their own. */
export function endOfBlobs(blobs: readonly Blob[]): number {
  return blobs.reduce(
    (end, { resource }) => Math.max(end, isInsideSolid(resource) ? 0 : resource.offset + resource.sizeBytes),
    0,
  )
}

/** Solid resources themselves carry 2^32 as their original size (wimlib, resource.h); the others are offsets into one. */
function isInsideSolid(resource: ResourceEntry): boolean {
  return (resource.flags & resourceFlags.solid) !== 0 && resource.originalSizeBytes !== 0x1_0000_0000
}
