import dgram from 'node:dgram'
import { once } from 'node:events'
import { createHash } from 'node:crypto'
import { decodePacket, encodePacket } from '../../server/tftp/packet.ts'
import type { Option, Packet } from '../../server/tftp/packet.ts'
import type { Endpoint } from '../../server/tftp/transfer.ts'

/** A client that sends and receives single packets, for what no ordinary client does. */
export type RawClient = {
  endpoint: Endpoint
  send(packet: Packet | Uint8Array, to: Endpoint): void
  /** The next packet that arrives, and the port it came from. */
  receive(): Promise<{ packet: Packet; from: Endpoint }>
  /** Whether nothing arrives for so long. */
  isQuiet(ms: number): Promise<boolean>
  close(): void
}

export async function openRawClient(address = '127.0.0.1'): Promise<RawClient> {
  const socket = dgram.createSocket('udp4')
  const arrived: Array<{ packet: Packet; from: Endpoint }> = []
  const waiting: Array<() => void> = []
  socket.on('message', (bytes, { address: fromAddress, port }) => {
    arrived.push({ packet: decodePacket(Buffer.from(bytes)), from: { address: fromAddress, port } })
    waiting.shift()?.()
  })
  socket.bind(0, address)
  await once(socket, 'listening')
  return {
    endpoint: { address, port: socket.address().port },
    send: (packet, to) => {
      socket.send(packet instanceof Uint8Array ? packet : encodePacket(packet), to.port, to.address)
    },
    async receive() {
      for (;;) {
        const next = arrived.shift()
        if (next) return next
        await new Promise<void>((resolve) => waiting.push(resolve))
      }
    },
    async isQuiet(ms) {
      await new Promise((resolve) => setTimeout(resolve, ms))
      return arrived.length === 0
    },
    close: () => socket.close(),
  }
}

/** Asks for a file in octet mode. */
export function readRequest(file: string, options: Record<string, string | number> = {}): Packet {
  const list: Option[] = Object.entries(options).map(([name, value]) => ({ name, value: String(value) }))
  return { op: 'read', file, mode: 'octet', options: list }
}

export type Download = { sha256: string; bytes: number; ms: number; agreed: readonly Option[] }

/**
 * Reads a whole file as RFC 1350 and RFC 7440 say, over a network that loses nothing.
 *
 * @throws Error with the server's ERROR, or when nothing arrives for five seconds.
 */
export async function download(
  server: Endpoint,
  file: string,
  options: Record<string, string | number>,
): Promise<Download> {
  const socket = dgram.createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 })
  const done = Promise.withResolvers<Download>()
  const hash = createHash('sha256')
  const started = performance.now()
  let terms = { blockBytes: 512, windowBlocks: 1 }
  let agreed: readonly Option[] = []
  let block = 0
  let bytes = 0
  let inWindow = 0
  const silence = setTimeout(giveUp, 5000)

  function giveUp(): void {
    done.reject(new Error(`${file}: nothing for five seconds after block ${block}`))
  }

  socket.on('message', (datagram, from) => {
    silence.refresh()
    const packet = decodePacket(datagram)
    const acknowledge = () => socket.send(encodePacket({ op: 'ack', block }), from.port, from.address)
    if (packet.op === 'error') done.reject(new Error(`ERROR ${packet.code} ${packet.message}`))
    if (packet.op === 'oack') {
      agreed = packet.options
      terms = { blockBytes: valueOf(agreed, 'blksize', 512), windowBlocks: valueOf(agreed, 'windowsize', 1) }
      acknowledge()
    }
    if (packet.op !== 'data') return
    if (packet.block === ((block + 1) & 0xffff)) {
      block += 1
      inWindow += 1
      bytes += packet.bytes.length
      hash.update(packet.bytes)
      const isLast = packet.bytes.length < terms.blockBytes
      if (!isLast && inWindow < terms.windowBlocks) return
      inWindow = 0
      acknowledge()
      if (isLast) done.resolve({ sha256: hash.digest('hex'), bytes, ms: performance.now() - started, agreed })
    } else if (terms.windowBlocks > 1) acknowledge()
  })
  socket.bind(0, server.address)
  await once(socket, 'listening')
  socket.send(encodePacket(readRequest(file, options)), server.port, server.address)
  try {
    return await done.promise
  } finally {
    clearTimeout(silence)
    // The last ACK is on its way before the port goes.
    setImmediate(() => socket.close())
  }
}

function valueOf(options: readonly Option[], name: string, otherwise: number): number {
  return Number(options.find((option) => option.name === name)?.value ?? otherwise)
}
