import { baseBlockBytes } from './base-block.ts'
import { MalformedHive } from './hive.ts'

/**
 * Reads cells by their offset from the first bin. A cell is a signed length (negative while in use) and its content;
 * offset 0xffffffff means "none".
 */
export class CellReader {
  readonly #bytes: Uint8Array
  readonly #end: number

  constructor(bytes: Uint8Array, binsBytes: number) {
    this.#bytes = bytes
    this.#end = Math.min(bytes.length, baseBlockBytes + binsBytes)
  }

  /** @throws MalformedHive when the cell is free, or lies outside the bins */
  at(offset: number, wanted: string): DataView {
    const start = baseBlockBytes + offset
    if (start + 4 > this.#end) throw new MalformedHive(start, `${wanted} lies outside the bins`)
    const length = -new DataView(this.#bytes.buffer, this.#bytes.byteOffset + start, 4).getInt32(0, true)
    if (length < 8 || start + length > this.#end) throw new MalformedHive(start, `${wanted} has a wrong length`)
    return new DataView(this.#bytes.buffer, this.#bytes.byteOffset + start + 4, length - 4)
  }

  /** A cell that begins with two letters, as all but data and list cells do. */
  signed(offset: number, signature: string): DataView {
    const cell = this.at(offset, signature)
    if (signatureOf(cell) !== signature) throw new MalformedHive(baseBlockBytes + offset, `cell is not ${signature}`)
    return cell
  }
}

export const noCell = 0xffffffff

/** The two letters a cell begins with, as `nk`. */
export function signatureOf(cell: DataView): string {
  return String.fromCharCode(cell.getUint8(0), cell.getUint8(1))
}

/** A piece of a cell; throws when it would reach past the cell's end. */
export function bytesOf(cell: DataView, offset: number, length: number, field: string): Uint8Array {
  if (offset + length > cell.byteLength) throw new MalformedHive(cell.byteOffset, `${field} is longer than its cell`)
  return new Uint8Array(cell.buffer, cell.byteOffset + offset, length)
}
