import { decodeCodePage } from '../code-page.ts'
import { MalformedCabinet } from './malformed-cabinet.ts'

/** How the files of a folder are packed ([MS-CAB] §2.2, typeCompress). */
export type CabinetCompression = 'none' | 'mszip' | 'quantum' | 'lzx' | 'unknown'

/** A row of data blocks, of which several files are cut. */
export type CabinetFolder = {
  readonly compression: CabinetCompression
  readonly firstBlock: number
  readonly blocks: number
}

export type CabinetFile = {
  /** As it stands in the cabinet; `\` divides folders. */
  readonly name: string
  readonly sizeBytes: number
  /** Where it begins in its folder once unpacked. */
  readonly offset: number
  /** Null for a file that begins or ends in another cabinet of the set. */
  readonly folder: CabinetFolder | null
}

export type CabinetDirectory = {
  /** As the cabinet itself says it; a signature may follow. */
  readonly wholeBytes: number
  /** Bytes that each data block reserves for others. */
  readonly blockReserveBytes: number
  readonly files: readonly CabinetFile[]
}

/** CFHEADER: signature, reserved1. */
export const cabinetSignature: readonly number[] = [0x4d, 0x53, 0x43, 0x46, 0, 0, 0, 0]

const flags = { previous: 1, next: 2, reserve: 4 } as const
const compressions: readonly CabinetCompression[] = ['none', 'mszip', 'quantum', 'lzx']
/** CFFILE, attribs: the name is UTF-8. */
const utf8Name = 0x80

/**
 * Reads header, folders and files of a cabinet ([MS-CAB] §2).
 *
 *     0  "MSCF" · 8 size of the cabinet · 16 offset of the first file · 26 folders, 28 files, 30 flags
 *    36  when flags say so: sizes of reserves (2, 1, 1), the reserve; names of the cabinets before and after
 *        folder: first block (4), blocks (2), packing (2), reserve
 *        file: size (4), offset in its folder (4), folder (2), date, time, attributes (2 each), name with NUL
 *
 * @param bytes - from the start of the file on
 * @returns null when the directory goes on behind `bytes`
 * @throws MalformedCabinet for what is no cabinet
 */
export function decodeCabinetDirectory(bytes: Uint8Array): CabinetDirectory | null {
  if (!cabinetSignature.every((byte, at) => bytes[at] === byte)) throw new MalformedCabinet('signature', 0, 'not MSCF')
  if (bytes.length < 36) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const layout = layoutOf(bytes, view)
  if (layout === null) return null
  const folders = foldersOf(view, layout)
  const files: CabinetFile[] = []
  let at = view.getUint32(16, true)
  for (let left = view.getUint16(28, true); left > 0; left -= 1) {
    const nameEnd = at + 16 > bytes.length ? -1 : bytes.indexOf(0, at + 16)
    if (nameEnd < 0) return null
    const name = bytes.subarray(at + 16, nameEnd)
    files.push({
      sizeBytes: view.getUint32(at, true),
      offset: view.getUint32(at + 4, true),
      // 0xFFFD to 0xFFFF: continued from the cabinet before or in the next one.
      folder: folders[view.getUint16(at + 8, true)] ?? null,
      name: decodeCodePage(name, (view.getUint16(at + 14, true) & utf8Name) === 0 ? 1252 : 65_001),
    })
    at = nameEnd + 1
  }
  return { wholeBytes: view.getUint32(8, true), blockReserveBytes: layout.blockReserve, files }
}

type Layout = { folders: number; count: number; folderBytes: number; blockReserve: number }

/** Where the folders begin, behind a reserve and names that only some cabinets have; null when that is behind `bytes`. */
function layoutOf(bytes: Uint8Array, view: DataView): Layout | null {
  const has = view.getUint16(30, true)
  const reserved = (has & flags.reserve) !== 0
  if (reserved && bytes.length < 40) return null
  let at = reserved ? 40 + view.getUint16(36, true) : 36
  // Two names for the cabinet before, two for the next one: file and disk.
  const names = ((has & flags.previous) === 0 ? 0 : 2) + ((has & flags.next) === 0 ? 0 : 2)
  for (let left = names; left > 0; left -= 1) {
    const end = bytes.indexOf(0, at)
    if (end < 0) return null
    at = end + 1
  }
  const count = view.getUint16(26, true)
  const folderBytes = 8 + (reserved ? view.getUint8(38) : 0)
  if (at + count * folderBytes > bytes.length) return null
  return { folders: at, count, folderBytes, blockReserve: reserved ? view.getUint8(39) : 0 }
}

function foldersOf(view: DataView, { folders, count, folderBytes }: Layout): CabinetFolder[] {
  return Array.from({ length: count }, (_, index) => {
    const at = folders + index * folderBytes
    return {
      firstBlock: view.getUint32(at, true),
      blocks: view.getUint16(at + 4, true),
      compression: compressions[view.getUint16(at + 6, true) & 0x0f] ?? 'unknown',
    }
  })
}
