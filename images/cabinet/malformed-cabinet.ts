/** A file that claims to be a cabinet and breaks the format: which field, at which byte of the file. */
export class MalformedCabinet extends Error {
  readonly field: string
  readonly offset: number

  constructor(field: string, offset: number, why: string) {
    super(`cabinet: ${field} at byte ${offset}: ${why}`)
    this.name = 'MalformedCabinet'
    this.field = field
    this.offset = offset
  }
}
