import { MalformedPacket } from './malformed-packet.ts'
import { OVERLOAD, readFields, type FoundFields, type OptionArea } from './options/fields.ts'
import { optionData, type Oddity } from './options/oddity.ts'
import { optionRow, RELAY_ROW, type DhcpOptions } from './options/table.ts'

/** Which header fields carried options instead of names (RFC 2132 §9.3). */
export type Overloaded = { readonly file: boolean; readonly sname: boolean }

type Areas = { readonly options: OptionArea; readonly file: OptionArea; readonly sname: OptionArea }

/** The options of a datagram, which header fields carried some, and what of them was written oddly. */
export type OptionReading = {
  readonly options: DhcpOptions
  readonly overloaded: Overloaded
  readonly oddities: readonly Oddity[]
}

/**
 * Reads the options of a datagram from all the places they may stand.
 *
 * @throws MalformedPacket
 */
export function readOptions(bytes: Uint8Array, areas: Areas): OptionReading {
  const found: FoundFields = new Map()
  const oddities: Oddity[] = []
  readFields(bytes, areas.options, found)
  const overloaded = readOverload(found.get(OVERLOAD), areas.options.start, oddities)
  found.delete(OVERLOAD)
  if (overloaded.file) readFields(bytes, areas.file, found)
  if (overloaded.sname) readFields(bytes, areas.sname, found)
  // An overload inside `file` or `sname` means nothing (RFC 2132 §9.3).
  found.delete(OVERLOAD)
  return { options: nameOptions(found, areas.options.start, oddities), overloaded, oddities }
}

function readOverload(parts: readonly Uint8Array[] | undefined, offset: number, oddities: Oddity[]): Overloaded {
  if (parts === undefined) return { file: false, sname: false }
  const { data, what } = optionData(parts, 1)
  if (what) oddities.push({ option: OVERLOAD, what })
  const value = data[0]
  if (value === undefined) return { file: false, sname: false }
  if (value < 1 || value > 3) throw new MalformedPacket(offset, 'option 52 overload')
  return { file: (value & 1) !== 0, sname: (value & 2) !== 0 }
}

function nameOptions(found: FoundFields, offset: number, oddities: Oddity[]): DhcpOptions {
  const options: DhcpOptions = { unknown: new Map() }
  for (const [code, parts] of found) {
    const row = optionRow(code)
    // What a relay wrote goes back to it byte for byte (RFC 3046 §2.2); an option unknown to us may well be empty.
    const { data, what } = row && row !== RELAY_ROW ? optionData(parts, row.bytes) : { data: joined(parts) }
    if (row?.read(data, options)) {
      if (what) oddities.push({ option: code, what })
      continue
    }
    if (row?.strict && what !== 'empty') throw new MalformedPacket(offset, `option ${code} ${row.name}`)
    if (row) oddities.push({ option: code, what: what === 'empty' ? 'empty' : 'unreadable' })
    options.unknown.set(code, data)
  }
  return options
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts))
}
