import type { Inventory } from '../../protocol/inventory.ts'
import { meaningfulText } from './firmware-text.ts'
import { readMemory } from './smbios-memory.ts'
import { byteAt, decodeEntryPoint, decodeStructures, stringAt, wordAt, type Structure } from './smbios-table.ts'

export type Smbios = {
  system: Inventory['system']
  board: Inventory['board']
  firmware: Pick<Inventory['firmware'], 'vendor' | 'version' | 'date'>
  processor: Inventory['processor'] | null
  memory: Inventory['memory']
}

/** Reads types 0, 1, 2, 4, 16 and 17 (DSP0134 §7); what is missing or a placeholder is null. Never throws. */
export function readSmbios(table: Uint8Array, entryPoint: Uint8Array | null): Smbios {
  const structures = decodeStructures(table)
  const version = entryPoint === null ? null : decodeEntryPoint(entryPoint)
  // Before 2.6 nobody had said in which order the UUID's first fields are; Linux and Windows read them big-endian then.
  const littleEndianUuid = version === null || version.major > 2 || version.minor >= 6
  const bios = structures.find(({ type }) => type === 0)
  return {
    firmware: { vendor: textAt(bios, 0x04), version: textAt(bios, 0x05), date: textAt(bios, 0x08) },
    system: readSystem(structures, littleEndianUuid),
    board: readBoard(structures),
    processor: readProcessor(structures),
    memory: readMemory(structures),
  }
}

function readSystem(structures: readonly Structure[], littleEndianUuid: boolean): Smbios['system'] {
  const system = structures.find(({ type }) => type === 1)
  return {
    manufacturer: textAt(system, 0x04),
    product: textAt(system, 0x05),
    version: textAt(system, 0x06),
    serial: textAt(system, 0x07),
    uuid: system === undefined ? null : readUuid(system, littleEndianUuid),
    sku: textAt(system, 0x19),
    family: textAt(system, 0x1a),
  }
}

function readBoard(structures: readonly Structure[]): Smbios['board'] {
  const boards = structures.filter(({ type }) => type === 2)
  // Type 10 is the motherboard; servers list risers and modules as boards too.
  const board = boards.find((one) => byteAt(one, 0x0d) === 10) ?? boards[0]
  return {
    manufacturer: textAt(board, 0x04),
    product: textAt(board, 0x05),
    version: textAt(board, 0x06),
    serial: textAt(board, 0x07),
  }
}

function readProcessor(structures: readonly Structure[]): Smbios['processor'] {
  // Type 3 is a central processor; bit 6 of the status says that the socket is populated.
  const all = structures.filter(
    (one) => one.type === 4 && byteAt(one, 0x05) === 3 && ((byteAt(one, 0x18) ?? 0) & 0x40) !== 0,
  )
  const [first] = all
  if (first === undefined) return null
  return {
    model: textAt(first, 0x10),
    cores: sum(all.map((one) => counted(one, 0x23, 0x2a))),
    threads: sum(all.map((one) => counted(one, 0x25, 0x2e))),
    maxMhz: wordAt(first, 0x14) || null,
  }
}

/** A count in a byte; 255 means that it is in the word at `wide` (SMBIOS 3.0). */
function counted(structure: Structure, narrow: number, wide: number): number {
  const count = byteAt(structure, narrow) ?? 0
  return count === 0xff ? (wordAt(structure, wide) ?? count) : count
}

function textAt(structure: Structure | undefined, offset: number): string | null {
  const raw = structure === undefined ? null : stringAt(structure, offset)
  return raw === null ? null : meaningfulText(raw)
}

/** §7.2.1: all zeros is "not present", all ones "not set". */
function readUuid(system: Structure, littleEndian: boolean): string | null {
  if (system.formatted.byteLength < 0x18) return null
  const { buffer, byteOffset } = system.formatted
  const raw = Buffer.from(new Uint8Array(buffer, byteOffset + 8, 16))
  if (raw.every((byte) => byte === 0) || raw.every((byte) => byte === 0xff)) return null
  const swap = (part: Buffer): Buffer => (littleEndian ? Buffer.from(part).reverse() : part)
  const fields = [
    swap(raw.subarray(0, 4)),
    swap(raw.subarray(4, 6)),
    swap(raw.subarray(6, 8)),
    raw.subarray(8, 10),
    raw.subarray(10),
  ]
  return fields.map((field) => field.toString('hex')).join('-')
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
