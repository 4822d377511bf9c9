import { MalformedWim } from './malformed-wim.ts'
import { decodeResourceEntry, type ResourceEntry } from './resource-entry.ts'

/**
 * The 208 bytes a WIM starts with (Microsoft, "Windows Imaging File Format"), all little endian.
 *
 *     0  magic "MSWIM\0\0\0", or "WLPWM\0\0\0" for wimlib's pipable form
 *     8  header size (208) · 12 version · 16 flags · 20 chunk size · 24 GUID (16 bytes)
 *    40  part number · 42 total parts · 44 image count
 *    48  blob table · 72 XML data · 96 boot metadata   (24 bytes each: resource entries)
 *   120  boot index · 124 integrity table (24 bytes) · 148 unused (60 bytes)
 *
 * A pipable WIM has a second header in its last 208 bytes; only that one knows where table and XML lie.
 */
export type WimHeader = {
  readonly pipable: boolean
  readonly version: number
  readonly flags: number
  readonly chunkSizeBytes: number
  /** 32 hexadecimal digits. */
  readonly guid: string
  readonly partNumber: number
  readonly totalParts: number
  readonly imageCount: number
  readonly blobTable: ResourceEntry
  readonly xmlData: ResourceEntry
  readonly bootMetadata: ResourceEntry
  /** 0 when no image of the file is bootable. */
  readonly bootIndex: number
  readonly integrity: ResourceEntry
}

export type WimCompression = 'none' | 'xpress' | 'lzx' | 'lzms'

export const headerBytes = 208
/** 0x10d00 since Vista; 0xe00 since Windows 8 for files with LZMS or solid resources (ESD). */
const versions: readonly number[] = [0x10d00, 0xe00]
const headerFlags = { compressed: 0x2, metadataOnly: 0x20, beingWritten: 0x40 } as const
const compressionFlags = { xpress: 0x2_0000, lzx: 0x4_0000, lzms: 0x8_0000, xpress2: 0x20_0000 } as const
const magicPlain = 'MSWIM\0\0\0'
const magicPipable = 'WLPWM\0\0\0'

/** Whether bytes begin as a WIM of either form does; eight bytes are enough to know. */
export function looksLikeWim(bytes: Uint8Array): boolean {
  const magic = Buffer.from(bytes.subarray(0, 8)).toString('latin1')
  return magic === magicPlain || magic === magicPipable
}

/**
 * Reads a WIM header.
 *
 * @param bytes - at least 208 bytes, from the file's start or, for a pipable WIM, its end
 * @throws MalformedWim with the field and its offset
 */
export function decodeHeader(bytes: Uint8Array): WimHeader {
  if (!looksLikeWim(bytes)) throw new MalformedWim('magic', 0, 'not MSWIM, not WLPWM')
  if (bytes.length < headerBytes) throw new MalformedWim('header', bytes.length, 'cut short')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const header: WimHeader = {
    pipable: bytes[0] === 0x57,
    version: view.getUint32(12, true),
    flags: view.getUint32(16, true),
    chunkSizeBytes: view.getUint32(20, true),
    guid: Buffer.from(bytes.subarray(24, 40)).toString('hex'),
    partNumber: view.getUint16(40, true),
    totalParts: view.getUint16(42, true),
    imageCount: view.getUint32(44, true),
    blobTable: decodeResourceEntry(bytes, 48, 'blobTable'),
    xmlData: decodeResourceEntry(bytes, 72, 'xmlData'),
    bootMetadata: decodeResourceEntry(bytes, 96, 'bootMetadata'),
    bootIndex: view.getUint32(120, true),
    integrity: decodeResourceEntry(bytes, 124, 'integrity'),
  }
  if (view.getUint32(8, true) !== headerBytes) throw new MalformedWim('headerSize', 8, 'not 208')
  if (!versions.includes(header.version)) throw new MalformedWim('version', 12, `unknown: ${header.version}`)
  if (header.totalParts === 0) throw new MalformedWim('totalParts', 42, 'zero')
  if (header.partNumber === 0 || header.partNumber > header.totalParts) {
    throw new MalformedWim('partNumber', 40, `${header.partNumber} of ${header.totalParts}`)
  }
  return header
}

/** How a file's resources are packed. */
export function compressionOf(header: WimHeader): WimCompression {
  if ((header.flags & headerFlags.compressed) === 0) return 'none'
  if ((header.flags & compressionFlags.lzms) !== 0) return 'lzms'
  if ((header.flags & compressionFlags.lzx) !== 0) return 'lzx'
  return 'xpress'
}

/** Whether the program that wrote the file never came to its end: WRITE_IN_PROGRESS is set first and taken away last. */
export function isUnfinished(header: WimHeader): boolean {
  return (header.flags & headerFlags.beingWritten) !== 0
}

/** Whether the file has the trees of its images and none of their files: METADATA_ONLY. */
export function isMetadataOnly(header: WimHeader): boolean {
  return (header.flags & headerFlags.metadataOnly) !== 0
}
