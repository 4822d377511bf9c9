import { MalformedPacket } from './malformed-packet.ts'
import { OVERLOAD, readFields, type FoundFields, type OptionArea } from './options/fields.ts'
import { optionRow, type DhcpOptions } from './options/table.ts'

/** Which header fields carried options instead of names (RFC 2132 §9.3). */
export type Overloaded = { readonly file: boolean; readonly sname: boolean }

type Areas = { readonly options: OptionArea; readonly file: OptionArea; readonly sname: OptionArea }

/**
 * Reads the options of a datagram from all the places they may stand.
 *
 * @throws MalformedPacket
 */
export function readOptions(bytes: Uint8Array, areas: Areas): { options: DhcpOptions; overloaded: Overloaded } {
  const found = new Map<number, Uint8Array[]>()
  readFields(bytes, areas.options, found)
  const overloaded = readOverload(found.get(OVERLOAD)?.[0], areas.options.start)
  found.delete(OVERLOAD)
  if (overloaded.file) readFields(bytes, areas.file, found)
  if (overloaded.sname) readFields(bytes, areas.sname, found)
  // An overload inside `file` or `sname` means nothing (RFC 2132 §9.3).
  found.delete(OVERLOAD)
  return { options: nameOptions(found, areas.options.start), overloaded }
}

function readOverload(data: Uint8Array | undefined, offset: number): Overloaded {
  if (data === undefined) return { file: false, sname: false }
  const value = data[0] ?? 0
  if (data.length !== 1 || value < 1 || value > 3) throw new MalformedPacket(offset, 'option 52 overload')
  return { file: (value & 1) !== 0, sname: (value & 2) !== 0 }
}

function nameOptions(found: FoundFields, offset: number): DhcpOptions {
  const options: DhcpOptions = { unknown: new Map() }
  for (const [code, parts] of found) {
    const data = Uint8Array.from(Buffer.concat(parts))
    const row = optionRow(code)
    if (row?.read(data, options)) continue
    if (row?.strict) throw new MalformedPacket(offset, `option ${code} ${row.name}`)
    options.unknown.set(code, data)
  }
  return options
}
