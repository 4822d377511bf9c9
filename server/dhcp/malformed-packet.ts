/**
 * The only thing the DHCP codec throws: the bytes are not the message they claim to be.
 * `offset` counts bytes from the start of the datagram, `field` is the RFC 2131 name of what could not be read there.
 */
export class MalformedPacket extends Error {
  readonly offset: number
  readonly field: string

  constructor(offset: number, field: string) {
    super(`malformed DHCP packet: ${field} at byte ${offset}`)
    this.name = 'MalformedPacket'
    this.offset = offset
    this.field = field
  }
}
