import { loadLibc, SOCK_CLOEXEC, systemError } from './libc.ts'

/** Linux constants of <sys/socket.h>, <linux/if_packet.h>, <errno.h>: see packet(7). */
const AF_PACKET = 17
const SOCK_RAW = 3
const SOCK_NONBLOCK = 0o4000
const SOCKADDR_LL_BYTES = 20
const LARGEST_FRAME = 2048

/** Whole Ethernet frames of one type on one interface. Node cannot wait on such a descriptor, so it is read by asking. */
export type PacketSocket = {
  /** @throws Error with `code`, for example ENETDOWN. */
  send(frame: Uint8Array): void
  /** The next frame waiting, undefined when there is none. @throws Error with `code`, for example ENETDOWN. */
  receive(): Uint8Array | undefined
  close(): void
}

/**
 * Opens a raw packet socket (packet(7)); needs root or CAP_NET_RAW.
 *
 * @throws Error with `code` EPERM, ENODEV, and `syscall`, as Node's own sockets do.
 */
export function openPacketSocket(device: string, etherType: number): PacketSocket {
  const c = loadLibc()
  const index = c.if_nametoindex(device)
  if (index === 0) throw systemError('if_nametoindex')
  // Protocol 0 receives nothing until bind() names the interface, so no frame of another one ever gets in.
  const fd = c.socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)
  if (fd < 0) throw systemError('socket')
  const address = linkLayerAddress(index, etherType)
  if (c.bind(fd, address, address.length) !== 0) {
    const error = systemError('bind')
    c.close(fd)
    throw error
  }
  const buffer = Buffer.alloc(LARGEST_FRAME)
  return {
    send(frame) {
      if (c.send(fd, frame, frame.length, 0) < 0) throw systemError('send')
    },
    receive() {
      const length = c.recv(fd, buffer, buffer.length, 0)
      if (length >= 0) return Uint8Array.from(buffer.subarray(0, length))
      const error = systemError('recv')
      if (error.code === 'EAGAIN' || error.code === 'EWOULDBLOCK' || error.code === 'EINTR') return undefined
      throw error
    },
    close() {
      c.close(fd)
    },
  }
}

/** struct sockaddr_ll: family in host order, protocol in network order, interface index in host order. */
function linkLayerAddress(index: number, etherType: number): Buffer {
  const bytes = Buffer.alloc(SOCKADDR_LL_BYTES)
  bytes.writeUInt16LE(AF_PACKET, 0)
  bytes.writeUInt16BE(etherType, 2)
  bytes.writeInt32LE(index, 4)
  return bytes
}
