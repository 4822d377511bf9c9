/** Text that is not the XML we read: where, in characters from the start, and why. */
export class MalformedXml extends Error {
  readonly offset: number
  readonly why: string

  constructor(offset: number, why: string) {
    super(`XML at character ${offset}: ${why}`)
    this.name = 'MalformedXml'
    this.offset = offset
    this.why = why
  }
}
