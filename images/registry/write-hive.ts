import { writeBaseBlock } from './base-block.ts'
import { noCell } from './cells.ts'
import { upcase, type Hive, type RegistryKey, type RegistryValue } from './hive.ts'

const binBytes = 4096
const binHeaderBytes = 32
const segmentBytes = 16_344

/**
 * Writes a hive anew, every cell in one pass: parents before their children, subkeys sorted as Windows searches them.
 *
 * @returns the whole file, a multiple of 4 KiB; `readHive` gives back the same values
 */
export function writeHive(hive: Hive): Uint8Array {
  const cells = new CellWriter()
  const writing: Writing = { cells, security: new SecurityCells(cells), segmented: hive.minorVersion > 3 }
  const rootCell = writeKey(writing, hive.root, noCell)
  writing.security.link()
  const bins = cells.bins(hive.timestamp)
  const { minorVersion, timestamp, fileName } = hive
  const block = writeBaseBlock({ minorVersion, timestamp, fileName, rootCell, binsBytes: bins.length })
  return Buffer.concat([block, bins])
}

type Writing = { cells: CellWriter; security: SecurityCells; segmented: boolean }

/** Lays cells one after another into bins; a cell never crosses a bin, and a large one gets a bin of its own size. */
class CellWriter {
  readonly #cells: Array<{ offset: number; content: Buffer; size: number }> = []
  readonly #bins: Array<{ start: number; size: number; used: number }> = []

  /** @returns the cell's offset and its content, still to be filled */
  allocate(length: number): { offset: number; content: Buffer } {
    const size = Math.ceil((length + 4) / 8) * 8
    let bin = this.#bins.at(-1)
    if (!bin || bin.used + size > bin.size) {
      const start = bin ? bin.start + bin.size : 0
      bin = { start, size: Math.ceil((size + binHeaderBytes) / binBytes) * binBytes, used: binHeaderBytes }
      this.#bins.push(bin)
    }
    const cell = { offset: bin.start + bin.used, content: Buffer.alloc(length), size }
    bin.used += size
    this.#cells.push(cell)
    return cell
  }

  bins(timestamp: bigint): Buffer {
    const last = this.#bins.at(-1)
    const bytes = Buffer.alloc(last ? last.start + last.size : 0)
    for (const [index, bin] of this.#bins.entries()) {
      bytes.write('hbin', bin.start, 'latin1')
      bytes.writeUInt32LE(bin.start, bin.start + 4)
      bytes.writeUInt32LE(bin.size, bin.start + 8)
      if (index === 0) bytes.writeBigUInt64LE(timestamp, bin.start + 20)
      const free = bin.size - bin.used
      if (free > 0) bytes.writeInt32LE(free, bin.start + bin.used)
    }
    for (const { offset, content, size } of this.#cells) {
      bytes.writeInt32LE(-size, offset)
      content.copy(bytes, offset + 4)
    }
    return bytes
  }
}

/** Keys with the same descriptor share one `sk` cell; all of them form a ring and count their users. */
class SecurityCells {
  readonly #cells: CellWriter
  readonly #known = new Map<string, { offset: number; content: Buffer; users: number }>()

  constructor(cells: CellWriter) {
    this.#cells = cells
  }

  use(descriptor: Uint8Array): number {
    if (descriptor.length === 0) return noCell
    const id = Buffer.from(descriptor).toString('latin1')
    let cell = this.#known.get(id)
    if (!cell) {
      cell = { ...this.#cells.allocate(0x14 + descriptor.length), users: 0 }
      cell.content.write('sk', 0, 'latin1')
      cell.content.writeUInt32LE(descriptor.length, 0x10)
      cell.content.set(descriptor, 0x14)
      this.#known.set(id, cell)
    }
    cell.users += 1
    return cell.offset
  }

  link(): void {
    const ring = [...this.#known.values()]
    for (const [index, cell] of ring.entries()) {
      cell.content.writeUInt32LE(ring.at(index - 1)?.offset ?? cell.offset, 4)
      cell.content.writeUInt32LE(ring[(index + 1) % ring.length]?.offset ?? cell.offset, 8)
      cell.content.writeUInt32LE(cell.users, 0x0c)
    }
  }
}

function writeKey(writing: Writing, key: RegistryKey, parent: number): number {
  const name = encodeName(key.name)
  const { offset, content } = writing.cells.allocate(0x4c + name.bytes.length)
  const children = [...key.keys].sort(byUpperCaseName)
  content.write('nk', 0, 'latin1')
  content.writeUInt16LE(key.flags | (name.compressed ? 0x20 : 0), 2)
  content.writeBigUInt64LE(key.timestamp, 4)
  content.writeUInt32LE(parent, 0x10)
  content.writeUInt32LE(children.length, 0x14)
  content.writeUInt32LE(noCell, 0x20)
  content.writeUInt32LE(key.values.length, 0x24)
  content.writeUInt32LE(key.values.length === 0 ? noCell : writeValues(writing, key.values), 0x28)
  content.writeUInt32LE(writing.security.use(key.security), 0x2c)
  content.writeUInt32LE(writeClass(writing, key.className), 0x30)
  content.writeUInt32LE(Math.max(0, ...children.map((child) => child.name.length * 2)), 0x34)
  content.writeUInt32LE(Math.max(0, ...children.map((child) => (child.className?.length ?? 0) * 2)), 0x38)
  content.writeUInt32LE(Math.max(0, ...key.values.map((value) => value.name.length * 2)), 0x3c)
  content.writeUInt32LE(Math.max(0, ...key.values.map((value) => value.data.length)), 0x40)
  content.writeUInt16LE(name.bytes.length, 0x48)
  content.writeUInt16LE((key.className?.length ?? 0) * 2, 0x4a)
  content.set(name.bytes, 0x4c)
  const offsets = children.map((child) => writeKey(writing, child, offset))
  content.writeUInt32LE(children.length === 0 ? noCell : writeSubkeyList(writing, children, offsets), 0x1c)
  return offset
}

/** Windows searches a subkey list by halves, in the order of upper-cased names. */
function byUpperCaseName(a: RegistryKey, b: RegistryKey): number {
  const [left, right] = [upcase(a.name), upcase(b.name)]
  return left < right ? -1 : left > right ? 1 : 0
}

/** One list holds 65,535 entries by its count field; Windows itself starts an `ri` of lists at 1,013. */
const listEntries = 1_012

function writeSubkeyList(writing: Writing, children: RegistryKey[], offsets: number[]): number {
  const lists: number[] = []
  for (let start = 0; start < children.length; start += listEntries) {
    const part = children.slice(start, start + listEntries)
    const { offset, content } = writing.cells.allocate(4 + part.length * 8)
    content.write('lh', 0, 'latin1')
    content.writeUInt16LE(part.length, 2)
    part.forEach((child, index) => {
      content.writeUInt32LE(offsets[start + index] ?? noCell, 4 + index * 8)
      content.writeUInt32LE(nameHash(child.name), 8 + index * 8)
    })
    lists.push(offset)
  }
  const [only] = lists
  if (only !== undefined && lists.length === 1) return only
  const { offset, content } = writing.cells.allocate(4 + lists.length * 4)
  content.write('ri', 0, 'latin1')
  content.writeUInt16LE(lists.length, 2)
  lists.forEach((list, index) => content.writeUInt32LE(list, 4 + index * 4))
  return offset
}

/** The hash of `lh` lists: times 37 plus each upper-cased UTF-16 unit. */
function nameHash(name: string): number {
  let hash = 0
  for (const unit of upcase(name).split('')) hash = (Math.imul(hash, 37) + unit.charCodeAt(0)) >>> 0
  return hash
}

function writeClass(writing: Writing, className: string | null): number {
  if (className === null) return noCell
  const { offset, content } = writing.cells.allocate(className.length * 2)
  content.write(className, 'utf16le')
  return offset
}

function writeValues(writing: Writing, values: RegistryValue[]): number {
  const list = writing.cells.allocate(values.length * 4)
  values.forEach((value, index) => list.content.writeUInt32LE(writeValue(writing, value), index * 4))
  return list.offset
}

function writeValue(writing: Writing, value: RegistryValue): number {
  const name = encodeName(value.name)
  const { offset, content } = writing.cells.allocate(0x14 + name.bytes.length)
  content.write('vk', 0, 'latin1')
  content.writeUInt16LE(name.bytes.length, 2)
  if (value.data.length <= 4) {
    content.writeUInt32LE((0x80000000 | value.data.length) >>> 0, 4)
    content.set(value.data, 8)
  } else {
    content.writeUInt32LE(value.data.length, 4)
    content.writeUInt32LE(writeData(writing, value.data), 8)
  }
  content.writeUInt32LE(value.type, 0x0c)
  content.writeUInt16LE(name.compressed ? 1 : 0, 0x10)
  content.set(name.bytes, 0x14)
  return offset
}

function writeData(writing: Writing, data: Uint8Array): number {
  if (!writing.segmented || data.length <= segmentBytes) {
    const { offset, content } = writing.cells.allocate(data.length)
    content.set(data)
    return offset
  }
  const count = Math.ceil(data.length / segmentBytes)
  const big = writing.cells.allocate(8)
  const list = writing.cells.allocate(count * 4)
  big.content.write('db', 0, 'latin1')
  big.content.writeUInt16LE(count, 2)
  big.content.writeUInt32LE(list.offset, 4)
  for (let index = 0; index < count; index += 1) {
    const part = data.subarray(index * segmentBytes, (index + 1) * segmentBytes)
    // A segment's cell holds 4 bytes more than its data; Windows' own hives are laid out so.
    const segment = writing.cells.allocate(part.length + 4)
    segment.content.set(part)
    list.content.writeUInt32LE(segment.offset, index * 4)
  }
  return big.offset
}

/** Names of Latin-1 letters only are stored one byte each. */
function encodeName(name: string): { bytes: Buffer; compressed: boolean } {
  const compressed = name.split('').every((unit) => unit.charCodeAt(0) < 256)
  return { bytes: Buffer.from(name, compressed ? 'latin1' : 'utf16le'), compressed }
}
