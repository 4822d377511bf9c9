import {
  formatHardwareAddress,
  hardwareAddressBytes,
  ipv4Bytes,
  readIpv4,
  type HardwareAddress,
  type Ipv4,
} from './addresses.ts'
import { MalformedPacket } from './malformed-packet.ts'
import { readOptions } from './option-reader.ts'
import { layOutOptions } from './option-writer.ts'
import type { Oddity } from './options/oddity.ts'
import type { DhcpOptions } from './options/table.ts'

/*
 * RFC 2131 §2, figure 1: a BOOTP message with the magic cookie and options behind it.
 *
 *   0  op  htype  hlen  hops        28  chaddr (16)
 *   4  xid                          44  sname (64)
 *   8  secs  flags                 108  file (128)
 *  12  ciaddr  16  yiaddr          236  99 130 83 99
 *  20  siaddr  24  giaddr          240  options …
 */
const CHADDR = { start: 28, length: 16 }
const SNAME = { start: 44, length: 64, end: 108 }
const FILE = { start: 108, length: 128, end: 236 }
const COOKIE = 236
const OPTIONS = 240
const MAGIC_COOKIE = 0x63825363
/** Relays and old BOOTP clients drop anything shorter (RFC 1542 §2.1). */
const SMALLEST_MESSAGE = 300
/** Ethernet's MTU less the IP and UDP headers. */
const LARGEST_MESSAGE = 1472
export const BROADCAST_FLAG = 0x8000

export type DhcpPacket = {
  readonly op: 'request' | 'reply'
  /** Hardware type, 1 is Ethernet. */
  readonly htype: number
  readonly hops: number
  readonly xid: number
  readonly secs: number
  /** Bit 15 asks for a broadcast answer, the others are zero. */
  readonly flags: number
  readonly ciaddr: Ipv4
  readonly yiaddr: Ipv4
  readonly siaddr: Ipv4
  readonly giaddr: Ipv4
  readonly chaddr: HardwareAddress
  /** Up to 63 characters; empty too when options stood in its place. */
  readonly sname: string
  /** Up to 127 characters; empty too when options stood in its place. */
  readonly file: string
  readonly options: DhcpOptions
  /** What a received message had of options written against the rules; absent where all were as they should be. */
  readonly oddities?: readonly Oddity[]
}

/**
 * Reads one datagram (RFC 2131 §2, RFC 2132, RFC 3396).
 *
 * @throws MalformedPacket and nothing else, whatever the bytes are.
 */
export function decodePacket(bytes: Uint8Array): DhcpPacket {
  if (bytes.length < OPTIONS) throw new MalformedPacket(bytes.length, 'header')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const op = view.getUint8(0)
  if (op !== 1 && op !== 2) throw new MalformedPacket(0, 'op')
  const hlen = view.getUint8(2)
  if (hlen > CHADDR.length) throw new MalformedPacket(2, 'hlen')
  if (view.getUint32(COOKIE) !== MAGIC_COOKIE) throw new MalformedPacket(COOKIE, 'magic cookie')
  const { options, overloaded, oddities } = readOptions(bytes, {
    options: { start: OPTIONS, end: bytes.length, name: 'options' },
    file: { start: FILE.start, end: FILE.end, name: 'file' },
    sname: { start: SNAME.start, end: SNAME.end, name: 'sname' },
  })
  return {
    op: op === 1 ? 'request' : 'reply',
    htype: view.getUint8(1),
    hops: view.getUint8(3),
    xid: view.getUint32(4),
    secs: view.getUint16(8),
    flags: view.getUint16(10),
    ciaddr: readIpv4(bytes, 12),
    yiaddr: readIpv4(bytes, 16),
    siaddr: readIpv4(bytes, 20),
    giaddr: readIpv4(bytes, 24),
    chaddr: formatHardwareAddress(bytes.subarray(CHADDR.start, CHADDR.start + hlen)),
    sname: overloaded.sname ? '' : readName(bytes.subarray(SNAME.start, SNAME.end)),
    file: overloaded.file ? '' : readName(bytes.subarray(FILE.start, FILE.end)),
    options,
    ...(oddities.length > 0 ? { oddities } : {}),
  }
}

/** The bytes of a message, and the names of the options that its size left no room for. */
export type EncodedPacket = { readonly bytes: Uint8Array; readonly omitted: readonly string[] }

/**
 * Writes one datagram of at most `limitBytes`. Long options are split (RFC 3396); options that find no room behind the
 * cookie go into an empty `file` or `sname` (option overload, RFC 2131 §4.1); what still finds none is left out, the least
 * needed first, and named in `omitted`. Names longer than their header field leave that field empty.
 */
export function encodePacket(packet: DhcpPacket, limitBytes = LARGEST_MESSAGE): EncodedPacket {
  const room = Math.max(limitBytes, SMALLEST_MESSAGE) - OPTIONS
  const file = nameBytes(packet.file, FILE.length)
  const sname = nameBytes(packet.sname, SNAME.length)
  const layout = layOutOptions(packet.options, {
    options: room,
    file: file === undefined ? FILE.length : 0,
    sname: sname === undefined ? SNAME.length : 0,
  })
  const bytes = new Uint8Array(Math.max(SMALLEST_MESSAGE, OPTIONS + layout.options.length))
  writeHeader(new DataView(bytes.buffer), packet)
  const addresses = [packet.ciaddr, packet.yiaddr, packet.siaddr, packet.giaddr]
  addresses.forEach((address, index) => bytes.set(ipv4Bytes(address), 12 + index * 4))
  bytes.set(hardwareAddressBytes(packet.chaddr).subarray(0, CHADDR.length), CHADDR.start)
  bytes.set(sname ?? layout.sname, SNAME.start)
  bytes.set(file ?? layout.file, FILE.start)
  bytes.set(layout.options, OPTIONS)
  return { bytes, omitted: layout.omitted }
}

function writeHeader(view: DataView, packet: DhcpPacket): void {
  view.setUint8(0, packet.op === 'request' ? 1 : 2)
  view.setUint8(1, packet.htype)
  view.setUint8(2, Math.min(hardwareAddressBytes(packet.chaddr).length, CHADDR.length))
  view.setUint8(3, packet.hops)
  view.setUint32(4, packet.xid)
  view.setUint16(8, packet.secs)
  view.setUint16(10, packet.flags)
  view.setUint32(COOKIE, MAGIC_COOKIE)
}

/** The bytes of a NUL-terminated header field; undefined when there is nothing to write or it does not fit. */
function nameBytes(name: string, fieldLength: number): Uint8Array | undefined {
  return name === '' || name.length >= fieldLength ? undefined : Uint8Array.from(Buffer.from(name, 'latin1'))
}

function readName(field: Uint8Array): string {
  const end = field.indexOf(0)
  return Buffer.from(end < 0 ? field : field.subarray(0, end)).toString('latin1')
}
