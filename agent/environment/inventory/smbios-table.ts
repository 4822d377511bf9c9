/**
 * The SMBIOS structure table (DMTF DSP0134 §6.1.2), as Linux gives it in /sys/firmware/dmi/tables/DMI:
 *
 *   | type 1 | length 1 | handle 2 | formatted area, length - 4 | string 1 \0 string 2 \0 … \0 | next structure
 *
 * Strings are named by their number, from 1; 0 is no string. Without strings there are two zero bytes.
 */
export type Structure = {
  type: number
  handle: number
  /** Header included, so that offsets are those of the specification's tables. */
  formatted: DataView
  strings: readonly string[]
}

const endOfTable = 127

/** All structures up to the end-of-table structure or to where the table stops making sense; never throws. */
export function decodeStructures(table: Uint8Array): Structure[] {
  const structures: Structure[] = []
  let offset = 0
  while (offset + 4 <= table.length) {
    const view = new DataView(table.buffer, table.byteOffset + offset, table.length - offset)
    const type = view.getUint8(0)
    const length = view.getUint8(1)
    if (length < 4 || length > view.byteLength) break
    const { strings, end } = decodeStrings(table, offset + length)
    const formatted = new DataView(table.buffer, table.byteOffset + offset, length)
    structures.push({ type, handle: view.getUint16(2, true), formatted, strings })
    if (type === endOfTable) break
    offset = end
  }
  return structures
}

function decodeStrings(table: Uint8Array, start: number): { strings: string[]; end: number } {
  const strings: string[] = []
  let offset = start
  while (offset < table.length && table[offset] !== 0) {
    const zero = table.indexOf(0, offset)
    const end = zero === -1 ? table.length : zero
    strings.push(Buffer.from(table.subarray(offset, end)).toString('latin1'))
    offset = end + 1
  }
  return { strings, end: strings.length === 0 ? start + 2 : offset + 1 }
}

/** A byte of the formatted area; null when this version of the structure is too short to have it. */
export function byteAt({ formatted }: Structure, offset: number): number | null {
  return offset < formatted.byteLength ? formatted.getUint8(offset) : null
}

export function wordAt({ formatted }: Structure, offset: number): number | null {
  return offset + 2 <= formatted.byteLength ? formatted.getUint16(offset, true) : null
}

export function doubleWordAt({ formatted }: Structure, offset: number): number | null {
  return offset + 4 <= formatted.byteLength ? formatted.getUint32(offset, true) : null
}

/** The string whose number stands at `offset`, as it is; null when there is none. */
export function stringAt(structure: Structure, offset: number): string | null {
  const number = byteAt(structure, offset)
  return number === null || number === 0 ? null : (structure.strings[number - 1] ?? null)
}

/** Major and minor version of the specification, from /sys/firmware/dmi/tables/smbios_entry_point; null when it is none. */
export function decodeEntryPoint(bytes: Uint8Array): { major: number; minor: number } | null {
  const anchor = Buffer.from(bytes.subarray(0, 5)).toString('latin1')
  if (anchor === '_SM3_' && bytes.length >= 9) return { major: bytes[7] ?? 0, minor: bytes[8] ?? 0 }
  if (anchor.startsWith('_SM_') && bytes.length >= 8) return { major: bytes[6] ?? 0, minor: bytes[7] ?? 0 }
  return null
}
