import { MalformedHive } from './hive.ts'

/**
 * The first 4 KiB of a hive.
 *
 *   0x000 "regf" · 0x004 sequence 1 · 0x008 sequence 2 · 0x00c timestamp (8) · 0x014 major · 0x018 minor
 *   0x01c type (0 = primary) · 0x020 format (1 = direct memory load) · 0x024 root cell · 0x028 length of all bins
 *   0x02c clustering factor · 0x030 file name (64 bytes, UTF-16LE) · 0x1fc checksum
 *
 * Format: github.com/msuhanov/regf, "Windows registry file format specification".
 */
export type BaseBlock = {
  minorVersion: number
  timestamp: bigint
  fileName: string
  rootCell: number
  binsBytes: number
}

export const baseBlockBytes = 4096
const checksumOffset = 0x1fc

/** Reads a hive's first 4 KiB. */
export function readBaseBlock(bytes: Uint8Array): BaseBlock {
  if (bytes.length < baseBlockBytes) throw new MalformedHive(bytes.length, 'base block is cut short')
  const view = new DataView(bytes.buffer, bytes.byteOffset, baseBlockBytes)
  if (view.getUint32(0, false) !== 0x72656766) throw new MalformedHive(0, 'signature is not regf')
  if (view.getUint32(0x14, true) !== 1) throw new MalformedHive(0x14, 'major version')
  if (view.getUint32(0x1c, true) !== 0) throw new MalformedHive(0x1c, 'not a primary file')
  if (view.getUint32(checksumOffset, true) !== checksum(view)) throw new MalformedHive(checksumOffset, 'checksum')
  // Two sequence numbers that differ mean a write that never ended; its log file is not ours to replay.
  if (view.getUint32(4, true) !== view.getUint32(8, true)) throw new MalformedHive(4, 'was not written to its end')
  const name = Buffer.from(bytes.buffer, bytes.byteOffset + 0x30, 64).toString('utf16le')
  return {
    minorVersion: view.getUint32(0x18, true),
    timestamp: view.getBigUint64(0x0c, true),
    fileName: name.split('\0')[0] ?? '',
    rootCell: view.getUint32(0x24, true),
    binsBytes: view.getUint32(0x28, true),
  }
}

/** Writes a hive's first 4 KiB. */
export function writeBaseBlock(block: BaseBlock): Uint8Array {
  const bytes = Buffer.alloc(baseBlockBytes)
  bytes.write('regf', 0, 'latin1')
  bytes.writeUInt32LE(1, 4)
  bytes.writeUInt32LE(1, 8)
  bytes.writeBigUInt64LE(block.timestamp, 0x0c)
  bytes.writeUInt32LE(1, 0x14)
  bytes.writeUInt32LE(block.minorVersion, 0x18)
  bytes.writeUInt32LE(1, 0x20)
  bytes.writeUInt32LE(block.rootCell, 0x24)
  bytes.writeUInt32LE(block.binsBytes, 0x28)
  bytes.writeUInt32LE(1, 0x2c)
  bytes.write(block.fileName.slice(0, 31), 0x30, 62, 'utf16le')
  bytes.writeUInt32LE(checksum(new DataView(bytes.buffer, bytes.byteOffset, baseBlockBytes)), checksumOffset)
  return bytes
}

/** XOR of the first 127 words; 0 and 0xffffffff are never stored. */
function checksum(view: DataView): number {
  let sum = 0
  for (let offset = 0; offset < checksumOffset; offset += 4) sum ^= view.getUint32(offset, true)
  sum >>>= 0
  if (sum === 0) return 1
  return sum === 0xffffffff ? 0xfffffffe : sum
}
