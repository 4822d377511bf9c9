import { END, OVERLOAD, splitField } from './options/fields.ts'
import { OPTION_ROWS, RELAY_ROW, type DhcpOptions } from './options/table.ts'

/** Bytes each area has for options; 0 when a name stands there. */
type Room = { readonly options: number; readonly file: number; readonly sname: number }

export type OptionLayout = {
  readonly options: Uint8Array
  readonly file: Uint8Array
  readonly sname: Uint8Array
  /** Names or codes of the options that found no room. */
  readonly omitted: readonly string[]
}

type Area = { readonly room: number; readonly fields: Uint8Array[]; used: number }
type Item = { readonly label: string; readonly fields: readonly Uint8Array[] }

const OVERLOAD_FIELD_BYTES = 3
const END_BYTES = 1

/**
 * Places options in the options area, then in `file`, then in `sname`, in the order of their need. The fields of one long
 * option never go back to an earlier area, because a reader joins them in area order (RFC 3396 §5).
 */
export function layOutOptions(options: DhcpOptions, room: Room): OptionLayout {
  const relay = RELAY_ROW.write(options)
  const tail = relay === undefined ? [] : splitField(RELAY_ROW.code, relay)
  const reserved = END_BYTES + total(tail)
  const items = listItems(options)

  const whole = place(items, [area(room.options - reserved)])
  if (whole.omitted.length === 0 || room.file + room.sname === 0) return assemble(whole, tail, 0)

  const spread = place(items, [
    area(room.options - reserved - OVERLOAD_FIELD_BYTES),
    area(room.file - END_BYTES),
    area(room.sname - END_BYTES),
  ])
  const overload = ((spread.areas[1]?.used ?? 0) > 0 ? 1 : 0) | ((spread.areas[2]?.used ?? 0) > 0 ? 2 : 0)
  return assemble(spread, tail, overload)
}

function listItems(options: DhcpOptions): Item[] {
  const items: Item[] = []
  for (const row of OPTION_ROWS) {
    const data = row.write(options)
    if (data !== undefined) items.push({ label: row.name, fields: splitField(row.code, data) })
  }
  for (const [code, data] of options.unknown) {
    items.push({ label: `option ${code}`, fields: splitField(code, data) })
  }
  return items
}

type Placement = { readonly areas: readonly Area[]; readonly omitted: readonly string[] }

function place(items: readonly Item[], areas: readonly Area[]): Placement {
  const omitted = items.filter((item) => !placeItem(item, areas)).map((item) => item.label)
  return { areas, omitted }
}

/** True when every field of the item found room; none of them is placed otherwise. */
function placeItem(item: Item, areas: readonly Area[]): boolean {
  const taken = areas.map(() => 0)
  const chosen: Area[] = []
  let from = 0
  for (const field of item.fields) {
    const index = areas.findIndex((each, at) => at >= from && each.used + (taken[at] ?? 0) + field.length <= each.room)
    const found = areas[index]
    if (!found) return false
    taken[index] = (taken[index] ?? 0) + field.length
    chosen.push(found)
    from = index
  }
  item.fields.forEach((field, at) => {
    const target = chosen[at]
    if (!target) return
    target.fields.push(field)
    target.used += field.length
  })
  return true
}

function assemble(placement: Placement, tail: readonly Uint8Array[], overload: number): OptionLayout {
  const [main, file, sname] = placement.areas
  const overloadField = overload === 0 ? [] : [Uint8Array.of(OVERLOAD, 1, overload)]
  return {
    options: concatenated([...(main?.fields ?? []), ...overloadField, ...tail, Uint8Array.of(END)]),
    file: overloadBytes(file),
    sname: overloadBytes(sname),
    omitted: placement.omitted,
  }
}

function overloadBytes(from: Area | undefined): Uint8Array {
  return from && from.used > 0 ? concatenated([...from.fields, Uint8Array.of(END)]) : new Uint8Array()
}

function area(room: number): Area {
  return { room, fields: [], used: 0 }
}

function total(fields: readonly Uint8Array[]): number {
  return fields.reduce((bytes, field) => bytes + field.length, 0)
}

function concatenated(fields: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(fields))
}
