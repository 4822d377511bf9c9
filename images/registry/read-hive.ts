import { readBaseBlock } from './base-block.ts'
import { bytesOf, CellReader, noCell, signatureOf } from './cells.ts'
import { MalformedHive, type Hive, type RegistryKey, type RegistryValue } from './hive.ts'

/** Deeper trees than this exist in no hive; a loop of cells would never end. Windows' own limit is 512 levels. */
const deepest = 512
const compressedName = 0x20
const compressedValueName = 0x01
/** Set in a value's data length when the data, of 4 bytes at most, stands in the place of its offset. */
const inlineData = 0x80000000
/** From format 1.4 on, data of more than 16,344 bytes is cut into segments under a `db` cell. */
const segmentBytes = 16_344

/**
 * Reads a whole registry hive.
 *
 * @param bytes - the file
 * @returns every key and value, in the order the hive lists them
 * @throws MalformedHive for anything that is no well-formed primary hive; never reads outside `bytes`
 */
export function readHive(bytes: Uint8Array): Hive {
  const block = readBaseBlock(bytes)
  const cells = new CellReader(bytes, block.binsBytes)
  return {
    minorVersion: block.minorVersion,
    timestamp: block.timestamp,
    fileName: block.fileName,
    root: readKey({ cells, segmented: block.minorVersion > 3, budget: bytes.length / 8 }, block.rootCell, 0),
  }
}

/** `budget` bounds the keys and values read: a cell takes 8 bytes at least, so lists that loop run out of it. */
type Reading = { cells: CellReader; segmented: boolean; budget: number }

function readKey(reading: Reading, offset: number, depth: number): RegistryKey {
  const node = reading.cells.signed(offset, 'nk')
  if (node.byteLength < 0x4c) throw new MalformedHive(node.byteOffset, 'key node is too short')
  if (depth > deepest || --reading.budget < 0) throw new MalformedHive(node.byteOffset, 'keys form a loop')
  const flags = node.getUint16(2, true)
  const valueCount = node.getUint32(0x24, true)
  return {
    name: readName(node, 0x4c, node.getUint16(0x48, true), (flags & compressedName) !== 0),
    timestamp: node.getBigUint64(4, true),
    className: readClass(reading, node),
    flags: flags & ~compressedName,
    security: readSecurity(reading, node.getUint32(0x2c, true)),
    values: valueCount === 0 ? [] : readValues(reading, node.getUint32(0x28, true), valueCount),
    keys:
      node.getUint32(0x14, true) === 0
        ? []
        : subkeyOffsets(reading, node.getUint32(0x1c, true), 0).map((child) => readKey(reading, child, depth + 1)),
  }
}

function readName(cell: DataView, offset: number, length: number, compressed: boolean): string {
  const bytes = Buffer.from(bytesOf(cell, offset, length, 'name'))
  return bytes.toString(compressed ? 'latin1' : 'utf16le')
}

function readClass(reading: Reading, node: DataView): string | null {
  const length = node.getUint16(0x4a, true)
  const offset = node.getUint32(0x30, true)
  if (length === 0 || offset === noCell) return null
  return Buffer.from(bytesOf(reading.cells.at(offset, 'class'), 0, length, 'class')).toString('utf16le')
}

function readSecurity(reading: Reading, offset: number): Uint8Array {
  if (offset === noCell) return new Uint8Array()
  const cell = reading.cells.signed(offset, 'sk')
  if (cell.byteLength < 0x14) throw new MalformedHive(cell.byteOffset, 'security cell is too short')
  return bytesOf(cell, 0x14, cell.getUint32(0x10, true), 'security descriptor').slice()
}

/** `lf` and `lh` list (offset, hash) pairs, `li` bare offsets, `ri` further lists. */
function subkeyOffsets(reading: Reading, offset: number, depth: number): number[] {
  const list = reading.cells.at(offset, 'subkey list')
  const kind = signatureOf(list)
  const count = list.getUint16(2, true)
  const stride = kind === 'lf' || kind === 'lh' ? 8 : 4
  if (!['lf', 'lh', 'li', 'ri'].includes(kind)) throw new MalformedHive(list.byteOffset, 'unknown subkey list')
  if (4 + count * stride > list.byteLength) throw new MalformedHive(list.byteOffset, 'subkey list is cut short')
  const offsets = Array.from({ length: count }, (_, index) => list.getUint32(4 + index * stride, true))
  if (kind !== 'ri') return offsets
  if (depth > 1) throw new MalformedHive(list.byteOffset, 'subkey lists form a loop')
  return offsets.flatMap((inner) => subkeyOffsets(reading, inner, depth + 1))
}

function readValues(reading: Reading, offset: number, count: number): RegistryValue[] {
  const list = reading.cells.at(offset, 'value list')
  if (count * 4 > list.byteLength) throw new MalformedHive(list.byteOffset, 'value list is cut short')
  return Array.from({ length: count }, (_, index) => readValue(reading, list.getUint32(index * 4, true)))
}

function readValue(reading: Reading, offset: number): RegistryValue {
  const cell = reading.cells.signed(offset, 'vk')
  if (cell.byteLength < 0x14) throw new MalformedHive(cell.byteOffset, 'value is too short')
  if (--reading.budget < 0) throw new MalformedHive(cell.byteOffset, 'values form a loop')
  const flags = cell.getUint16(0x10, true)
  return {
    name: readName(cell, 0x14, cell.getUint16(2, true), (flags & compressedValueName) !== 0),
    type: cell.getUint32(0x0c, true),
    data: readData(reading, cell),
  }
}

function readData(reading: Reading, cell: DataView): Uint8Array {
  const length = cell.getUint32(4, true)
  if (length >= inlineData) {
    const size = length - inlineData
    if (size > 4) throw new MalformedHive(cell.byteOffset, 'inline data is longer than 4 bytes')
    return bytesOf(cell, 8, size, 'inline data').slice()
  }
  if (length === 0) return new Uint8Array()
  const offset = cell.getUint32(8, true)
  if (length > segmentBytes && reading.segmented) return readSegments(reading, offset, length)
  return bytesOf(reading.cells.at(offset, 'value data'), 0, length, 'value data').slice()
}

function readSegments(reading: Reading, offset: number, length: number): Uint8Array {
  const big = reading.cells.signed(offset, 'db')
  const count = big.getUint16(2, true)
  const list = reading.cells.at(big.getUint32(4, true), 'segment list')
  if (count !== Math.ceil(length / segmentBytes) || count * 4 > list.byteLength) {
    throw new MalformedHive(big.byteOffset, 'segment count')
  }
  const data = new Uint8Array(length)
  for (let index = 0; index < count; index += 1) {
    const size = Math.min(segmentBytes, length - index * segmentBytes)
    const segment = reading.cells.at(list.getUint32(index * 4, true), 'data segment')
    data.set(bytesOf(segment, 0, size, 'data segment'), index * segmentBytes)
  }
  return data
}
