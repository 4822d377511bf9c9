import { decodeCodePage } from '../code-page.ts'
import { MalformedMsi } from './malformed-msi.ts'

/** Every text of an MSI stands once in its string pool; tables refer to texts by number, from 1 on. */
export type StringPool = {
  readonly codePage: number
  /** Bytes a reference to a text takes in a table: 3 in databases of more than 65,535 texts. */
  readonly referenceBytes: 2 | 3
  /** The text of a number; empty for 0, which is null, and for numbers the pool does not have. */
  text(reference: number): string
}

/**
 * Reads the streams `_StringPool` and `_StringData`. The pool begins with the code page (2 bytes) and flags (2 bytes, the
 * upper bit for long references); four bytes a text follow, its length and how often it is referred to, and the data has
 * the texts one behind the other. A text of 64 KiB or more has an entry of length 0 before its own, whose second half is
 * the upper half of the length.
 *
 * @throws MalformedMsi when the pool is cut short or asks for more data than there is
 */
export function decodeStringPool(pool: Uint8Array, data: Uint8Array): StringPool {
  if (pool.length < 4 || pool.length % 4 !== 0) throw new MalformedMsi('_StringPool', 'cut short')
  const view = new DataView(pool.buffer, pool.byteOffset, pool.byteLength)
  const codePage = view.getUint16(0, true)
  const places: Array<{ start: number; end: number }> = [{ start: 0, end: 0 }]
  let end = 0
  for (let at = 4; at < pool.length; at += 4) {
    let length = view.getUint16(at, true)
    const references = view.getUint16(at + 2, true)
    if (length === 0 && references !== 0) {
      at += 4
      if (at >= pool.length) throw new MalformedMsi('_StringPool', 'ends in the middle of a long text')
      length = references * 0x1_0000 + view.getUint16(at, true)
    }
    places.push({ start: end, end: end + length })
    end += length
  }
  if (end > data.length) throw new MalformedMsi('_StringData', `${data.length} bytes instead of ${end}`)
  return {
    codePage,
    referenceBytes: (view.getUint16(2, true) & 0x8000) === 0 ? 2 : 3,
    text: (reference) => {
      const place = places[reference]
      return place === undefined ? '' : decodeCodePage(data.subarray(place.start, place.end), codePage)
    },
  }
}
