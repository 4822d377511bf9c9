/** A file that is no well-formed, well-signed PE: where, and which field. */
export class MalformedPe extends Error {
  readonly offset: number
  readonly field: string

  constructor(offset: number, field: string) {
    super(`PE file: ${field} at offset 0x${offset.toString(16)}`)
    this.name = 'MalformedPe'
    this.offset = offset
    this.field = field
  }
}
