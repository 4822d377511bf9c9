/** A compound file that is no MSI database, or one whose tables do not fit together. */
export class MalformedMsi extends Error {
  readonly field: string

  constructor(field: string, why: string) {
    super(`MSI: ${field}: ${why}`)
    this.name = 'MalformedMsi'
    this.field = field
  }
}
