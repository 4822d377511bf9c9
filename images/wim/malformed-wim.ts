/** A file that claims to be a WIM and breaks the format: which field, at which byte of the structure it stands in. */
export class MalformedWim extends Error {
  readonly field: string
  readonly offset: number

  constructor(field: string, offset: number, why: string) {
    super(`${field} at byte ${offset}: ${why}`)
    this.name = 'MalformedWim'
    this.field = field
    this.offset = offset
  }
}
