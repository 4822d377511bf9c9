import type { PositionalReader } from '../positional-reader.ts'
import { blockBytes, checksum, unpackMszip } from './data-block.ts'
import {
  decodeCabinetDirectory,
  type CabinetCompression,
  type CabinetDirectory,
  type CabinetFile,
} from './directory.ts'
import { MalformedCabinet } from './malformed-cabinet.ts'

/** A file's bytes, or why they are not read here: 7-Zip, or Windows, can do what we cannot. */
export type CabinetContent =
  | { readonly read: true; readonly bytes: Uint8Array }
  | { readonly read: false; readonly because: 'compression'; readonly compression: CabinetCompression }
  | { readonly read: false; readonly because: 'too-long' | 'in-another-cabinet' }

const firstRead = 64 * 1024
/** 65,535 files with names of 256 bytes. */
const longestDirectory = 32 * 1024 * 1024
/** How far into a folder we unpack: files that say what an update is stand at its beginning or in folders of their own. */
const farthest = 64 * 1024 * 1024

/** Reads what is in a cabinet. Throws MalformedCabinet for what is none, or one whose directory is cut off. */
export async function readCabinetDirectory(reader: PositionalReader): Promise<CabinetDirectory> {
  for (let length = firstRead; ; length *= 4) {
    const bytes = await reader.read(0, length)
    const directory = decodeCabinetDirectory(bytes)
    if (directory !== null) return directory
    if (bytes.length < length || length >= longestDirectory)
      throw new MalformedCabinet('directory', bytes.length, 'goes on behind the end')
  }
}

/**
 * Reads one file of a cabinet that is packed by MSZIP or not at all; of LZX and Quantum only the names are known here.
 *
 * @param atMost - bytes the file may have
 * @throws MalformedCabinet for blocks that are damaged or end before the file does
 */
export async function readCabinetFile(
  reader: PositionalReader,
  { blockReserveBytes }: CabinetDirectory,
  { folder, offset, sizeBytes }: CabinetFile,
  atMost: number,
): Promise<CabinetContent> {
  if (folder === null) return { read: false, because: 'in-another-cabinet' }
  const { compression } = folder
  if (compression !== 'none' && compression !== 'mszip') return { read: false, because: 'compression', compression }
  if (sizeBytes > atMost || offset > farthest) return { read: false, because: 'too-long' }
  const pieces: Uint8Array[] = []
  let before: Uint8Array = new Uint8Array()
  let [at, unpacked] = [folder.firstBlock, 0]
  for (let left = folder.blocks; unpacked < offset + sizeBytes; left -= 1) {
    if (left === 0) throw new MalformedCabinet('folder', at, 'ends before its file')
    const block = await readBlock(reader, at, blockReserveBytes)
    const bytes = compression === 'none' ? block.data : unpackMszip(block.data, before, block.unpackedBytes, at)
    pieces.push(bytes.subarray(Math.max(0, offset - unpacked), Math.max(0, offset + sizeBytes - unpacked)))
    before = bytes
    unpacked += bytes.length
    at = block.end
  }
  return { read: true, bytes: Buffer.concat(pieces) }
}

type Block = { data: Uint8Array; unpackedBytes: number; end: number }

/** CFDATA ([MS-CAB] §2.4): checksum (4), packed bytes (2), unpacked bytes (2), reserve, data. */
async function readBlock(reader: PositionalReader, at: number, reserve: number): Promise<Block> {
  const header = await reader.read(at, 8 + reserve)
  if (header.length < 8 + reserve) throw new MalformedCabinet('block', at, 'beyond the end of the file')
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength)
  const [sum, packedBytes, unpackedBytes] = [view.getUint32(0, true), view.getUint16(4, true), view.getUint16(6, true)]
  // A block that unpacks to nothing goes on in the next cabinet, which we do not have.
  if (unpackedBytes === 0 || unpackedBytes > blockBytes)
    throw new MalformedCabinet('block', at, `${unpackedBytes} bytes`)
  const data = await reader.read(at + 8 + reserve, packedBytes)
  if (data.length < packedBytes) throw new MalformedCabinet('block', at, 'beyond the end of the file')
  // 0: its writer computed none.
  if (sum !== 0 && checksum(header.subarray(4), checksum(data)) !== sum)
    throw new MalformedCabinet('checksum', at, 'does not fit')
  return { data, unpackedBytes, end: at + 8 + reserve + packedBytes }
}
