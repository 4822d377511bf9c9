import { MalformedPacket } from '../malformed-packet.ts'

/*
 *  code   length  data                  one field; pad (0) and end (255) are a code alone (RFC 2132 §2)
 * +------+-------+------+------+--
 * |  53  |   1   |  1   |  50  |  ...
 * +------+-------+------+------+--
 */
export const PAD = 0
export const END = 255
/** Option overload: `file` (1), `sname` (2) or both (3) carry options (RFC 2132 §9.3). */
export const OVERLOAD = 52
const LONGEST_FIELD = 255

/** Where options may stand in a datagram: the options area, then `file`, then `sname` (RFC 3396 §5 keeps this order). */
export type OptionArea = { readonly start: number; readonly end: number; readonly name: 'options' | 'file' | 'sname' }

/** The parts of every option met so far; joined once at the end, so that a hostile packet costs no more than its bytes. */
export type FoundFields = Map<number, Uint8Array[]>

/**
 * Reads the fields of one area into `found`; a code that comes again continues the one before (RFC 3396 §7).
 * An area may end without the end option: deployed clients do that, and every deployed server takes it.
 *
 * @throws MalformedPacket when a field runs past its area.
 */
export function readFields(bytes: Uint8Array, area: OptionArea, found: FoundFields): void {
  let at = area.start
  while (at < area.end) {
    const code = bytes[at] ?? END
    if (code === END) return
    if (code === PAD) {
      at += 1
      continue
    }
    const length = bytes[at + 1]
    if (at + 1 >= area.end || length === undefined)
      throw new MalformedPacket(at, `${area.name}: option ${code} without a length`)
    const next = at + 2 + length
    if (next > area.end) throw new MalformedPacket(at, `${area.name}: option ${code} longer than its area`)
    const parts = found.get(code)
    if (parts) parts.push(bytes.subarray(at + 2, next))
    else found.set(code, [bytes.subarray(at + 2, next)])
    at = next
  }
}

/** The fields of one option: one, or as many as its data needs at 255 bytes each (RFC 3396 §5). */
export function splitField(code: number, data: Uint8Array): Uint8Array[] {
  const fields: Uint8Array[] = []
  for (let at = 0; at === 0 || at < data.length; at += LONGEST_FIELD) {
    const part = data.subarray(at, at + LONGEST_FIELD)
    fields.push(Uint8Array.of(code, part.length, ...part))
  }
  return fields
}
