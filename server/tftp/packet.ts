/**
 * The six TFTP packets, bytes ⇄ values (RFC 1350 §5, RFC 2347 for options and OACK).
 *
 *          2 bytes   string  1 byte  string  1 byte   string  1  string  1
 *         +--------+--------+------+--------+------+ +------+---+-------+---+
 *  RRQ/   | 01/02  |  file  |  0   |  mode  |  0   | | opt1 | 0 | value | 0 | …
 *  WRQ    +--------+--------+------+--------+------+ +------+---+-------+---+
 *          2 bytes  2 bytes  0…blksize bytes
 *         +--------+--------+---------------+
 *  DATA   |   03   |  block |     bytes     |
 *         +--------+--------+---------------+
 *         +--------+--------+
 *  ACK    |   04   |  block |
 *         +--------+--------+
 *         +--------+--------+---------+---+
 *  ERROR  |   05   |  code  | message | 0 |
 *         +--------+--------+---------+---+
 *         +--------+------+---+-------+---+
 *  OACK   |   06   | opt1 | 0 | value | 0 | …
 *         +--------+------+---+-------+---+
 */

/** An option as it stands in the packet. Names are compared without case (RFC 2347) but kept as they were spelt. */
export type Option = { name: string; value: string }

export type Request = { op: 'read' | 'write'; file: string; mode: string; options: readonly Option[] }

export type Packet =
  | Request
  | { op: 'data'; block: number; bytes: Uint8Array }
  | { op: 'ack'; block: number }
  | { op: 'error'; code: number; message: string }
  | { op: 'oack'; options: readonly Option[] }

const OPCODE = { read: 1, write: 2, data: 3, ack: 4, error: 5, oack: 6 } as const

/** Error codes of RFC 1350 §"Error Codes" and RFC 2347. */
export const ERROR_CODE = {
  undefined: 0,
  fileNotFound: 1,
  accessViolation: 2,
  illegalOperation: 4,
  unknownTransfer: 5,
  optionRefused: 8,
} as const

/** DATA header: opcode and block number. */
export const DATA_HEADER_BYTES = 4

/** The bytes are no TFTP packet; `field` and `offset` (bytes from the start) say where reading stopped. */
export class MalformedPacket extends Error {
  readonly field: string
  readonly offset: number
  constructor(field: string, offset: number, why: string) {
    super(`TFTP packet: ${field} at byte ${offset}: ${why}`)
    this.name = 'MalformedPacket'
    this.field = field
    this.offset = offset
  }
}

/**
 * Reads one datagram. Bytes after a complete ACK, and the padding some boot ROMs leave after their options, are ignored.
 *
 * @throws MalformedPacket and nothing else, whatever the bytes are.
 */
export function decodePacket(bytes: Uint8Array): Packet {
  const opcode = readUint16(bytes, 0, 'opcode')
  switch (opcode) {
    case OPCODE.read:
    case OPCODE.write: {
      const file = readText(bytes, 2, 'file name')
      const mode = readText(bytes, file.end, 'mode')
      const options = readOptions(bytes, mode.end)
      return { op: opcode === OPCODE.read ? 'read' : 'write', file: file.text, mode: mode.text, options }
    }
    case OPCODE.data:
      return { op: 'data', block: readUint16(bytes, 2, 'block'), bytes: bytes.subarray(DATA_HEADER_BYTES) }
    case OPCODE.ack:
      return { op: 'ack', block: readUint16(bytes, 2, 'block') }
    case OPCODE.error:
      return { op: 'error', code: readUint16(bytes, 2, 'error code'), message: readLastText(bytes, 4) }
    case OPCODE.oack:
      return { op: 'oack', options: readOptions(bytes, 2) }
    default:
      throw new MalformedPacket('opcode', 0, `${opcode} is none of 1 to 6`)
  }
}

/**
 * Writes one packet. Block numbers are taken modulo 65536, so that callers may count on (RFC 1350 leaves the wrap open;
 * every client in use continues with 0).
 */
export function encodePacket(packet: Packet): Uint8Array {
  switch (packet.op) {
    case 'read':
    case 'write':
      return join(OPCODE[packet.op], [packet.file, packet.mode, ...packet.options.flatMap((o) => [o.name, o.value])])
    case 'data':
      return encodeDataRun(packet.block, [packet.bytes])
    case 'ack':
      return header(OPCODE.ack, packet.block, DATA_HEADER_BYTES)
    case 'error': {
      const message = Buffer.from(packet.message)
      const bytes = header(OPCODE.error, packet.code, DATA_HEADER_BYTES + message.length + 1)
      bytes.set(message, DATA_HEADER_BYTES)
      return bytes
    }
    case 'oack':
      return join(
        OPCODE.oack,
        packet.options.flatMap((o) => [o.name, o.value]),
      )
  }
}

/**
 * Writes consecutive DATA packets one behind the other in one buffer, as UDP segmentation wants them: every block
 * but the last must have the same length.
 *
 * @param firstBlock number of the first block, counted on beyond 65535.
 */
export function encodeDataRun(firstBlock: number, blocks: readonly Uint8Array[]): Uint8Array {
  const total = blocks.reduce((sum, block) => sum + DATA_HEADER_BYTES + block.length, 0)
  const bytes = Buffer.allocUnsafe(total)
  let offset = 0
  let number = firstBlock
  for (const block of blocks) {
    bytes.writeUInt16BE(OPCODE.data, offset)
    bytes.writeUInt16BE(number & 0xffff, offset + 2)
    bytes.set(block, offset + DATA_HEADER_BYTES)
    offset += DATA_HEADER_BYTES + block.length
    number += 1
  }
  return bytes
}

function header(opcode: number, number: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  bytes.writeUInt16BE(opcode, 0)
  bytes.writeUInt16BE(number & 0xffff, 2)
  return bytes
}

function join(opcode: number, texts: readonly string[]): Uint8Array {
  return Buffer.concat([Buffer.from([0, opcode]), ...texts.map((text) => Buffer.from(`${text}\0`))])
}

function readUint16(bytes: Uint8Array, offset: number, field: string): number {
  const high = bytes[offset]
  const low = bytes[offset + 1]
  if (high === undefined || low === undefined) throw new MalformedPacket(field, offset, 'the packet ends here')
  return (high << 8) | low
}

function readText(bytes: Uint8Array, offset: number, field: string): { text: string; end: number } {
  const end = bytes.indexOf(0, offset)
  if (end < 0) throw new MalformedPacket(field, offset, 'no NUL ends it')
  return { text: utf8(bytes, offset, end), end: end + 1 }
}

/** The message of an ERROR ends the packet; several boot ROMs leave its NUL out. */
function readLastText(bytes: Uint8Array, offset: number): string {
  const end = bytes.indexOf(0, offset)
  return utf8(bytes, offset, end < 0 ? bytes.length : end)
}

function readOptions(bytes: Uint8Array, offset: number): Option[] {
  const options: Option[] = []
  let at = offset
  // An option without a name is padding after the last one.
  while (at < bytes.length && bytes[at] !== 0) {
    const name = readText(bytes, at, 'option name')
    const value = readText(bytes, name.end, `value of option ${name.text}`)
    options.push({ name: name.text, value: value.text })
    at = value.end
  }
  return options
}

function utf8(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8')
}
