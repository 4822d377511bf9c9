import { MalformedCompoundFile } from './malformed-compound-file.ts'

/**
 * The first 512 bytes of a compound file ([MS-CFB] §2.2), little endian.
 *
 *     0  signature (8) · 8 class id (16) · 24 minor, 26 major version · 28 byte order · 30 sector shift, 32 mini shift
 *    40  directory sectors · 44 FAT sectors · 48 first directory sector · 56 mini stream cutoff
 *    60  first mini FAT sector, 64 their number · 68 first DIFAT sector, 72 their number · 76 first 109 DIFAT entries
 */
export type CompoundHeader = {
  readonly sectorBytes: number
  readonly miniSectorBytes: number
  /** Shorter streams lie in the mini stream. */
  readonly miniCutoffBytes: number
  readonly fatSectors: number
  readonly firstDirectorySector: number
  readonly firstMiniFatSector: number
  readonly firstDifatSector: number
  /** The sectors that hold the first 109 pieces of the FAT. */
  readonly difat: readonly number[]
}

export const compoundHeaderBytes = 512
/** [MS-CFB] §2.2, Header Signature. */
export const compoundSignature: readonly number[] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]

/** [MS-CFB] §2.1: numbers from here on are no sectors. */
export const lastSector = 0xffff_fffa
export const endOfChain = 0xffff_fffe

/** Reads the header; throws MalformedCompoundFile for bytes that are none, or one with sizes the format does not have. */
export function decodeCompoundHeader(bytes: Uint8Array): CompoundHeader {
  if (!compoundSignature.every((byte, at) => bytes[at] === byte))
    throw new MalformedCompoundFile('signature', 0, 'not D0 CF 11 E0 A1 B1 1A E1')
  if (bytes.length < compoundHeaderBytes) throw new MalformedCompoundFile('header', bytes.length, 'cut short')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [major, sectorShift, miniShift] = [26, 30, 32].map((at) => view.getUint16(at, true))
  // Version 3 has sectors of 512 bytes, version 4 of 4,096 (§2.2, Sector Shift).
  if (!((major === 3 && sectorShift === 9) || (major === 4 && sectorShift === 12)))
    throw new MalformedCompoundFile('sectorShift', 30, `${sectorShift} in version ${major}`)
  if (miniShift !== 6) throw new MalformedCompoundFile('miniSectorShift', 32, `${miniShift}, not 6`)
  return {
    sectorBytes: 2 ** sectorShift,
    miniSectorBytes: 64,
    miniCutoffBytes: view.getUint32(56, true),
    fatSectors: view.getUint32(44, true),
    firstDirectorySector: view.getUint32(48, true),
    firstMiniFatSector: view.getUint32(60, true),
    firstDifatSector: view.getUint32(68, true),
    difat: Array.from({ length: 109 }, (_, index) => view.getUint32(76 + 4 * index, true)),
  }
}
