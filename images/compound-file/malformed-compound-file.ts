/** A file that claims to be a compound file and breaks the format: which field, at which byte of what holds it. */
export class MalformedCompoundFile extends Error {
  readonly field: string
  readonly offset: number

  constructor(field: string, offset: number, why: string) {
    super(`compound file: ${field} at byte ${offset}: ${why}`)
    this.name = 'MalformedCompoundFile'
    this.field = field
    this.offset = offset
  }
}
