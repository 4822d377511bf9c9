/**
 * Looks at the IPv4 packets that come in on eth0 and, at the end of its standard input, says what they were as a line of
 * JSON. It sees them as they are on the wire, before anybody puts fragments together.
 */
import { openPacketSocket } from '../../../server/sockets/packet-socket.ts'

export type SeenDatagrams = {
  /** Of UDP to any port but the well-known one, or parts of such. */
  packets: number
  /** Longest of them, IP header included. */
  largest: number
  fragments: number
  dontFragment: number
}

const ETHERTYPE_IPV4 = 0x0800
const ETHERNET_HEADER = 14
const UDP = 17
const seen: SeenDatagrams = { packets: 0, largest: 0, fragments: 0, dontFragment: 0 }
const socket = openPacketSocket('eth0', ETHERTYPE_IPV4)

function look(): void {
  for (let frame = socket.receive(); frame; frame = socket.receive()) {
    const packet = new DataView(frame.buffer, frame.byteOffset + ETHERNET_HEADER)
    if (packet.getUint8(9) !== UDP) continue
    const flags = packet.getUint16(6)
    seen.packets += 1
    seen.largest = Math.max(seen.largest, packet.getUint16(2))
    if ((flags & 0x3fff) !== 0) seen.fragments += 1
    if ((flags & 0x4000) !== 0) seen.dontFragment += 1
  }
}

setInterval(look, 2)
process.stdin.on('data', () => {})
process.stdin.once('end', () => {
  look()
  process.stdout.write(`${JSON.stringify(seen)}\n`, () => process.exit(0))
})
process.stdout.write('watching\n')
