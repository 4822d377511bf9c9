import dgram from 'node:dgram'
import { once } from 'node:events'
import { loadLibc, SOCK_CLOEXEC, systemError } from './libc.ts'
import { AF_INET, int32, SO_BINDTODEVICE, SOCK_DGRAM, sockaddrIn, SOL_SOCKET } from './socket-address.ts'

/** Linux constants of <sys/socket.h>, <netinet/in.h>, <linux/udp.h>: Node's dgram knows none of what we need. */
const SO_REUSEADDR = 2
const SO_BROADCAST = 6
const SO_RCVBUF = 8
const IPPROTO_IP = 0
const IP_MTU_DISCOVER = 10
const IP_PMTUDISC_DONT = 0
const SOL_UDP = 17
const UDP_SEGMENT = 103

export type UdpSocketOptions = {
  /** Local IPv4 address, `0.0.0.0` for every one. */
  address: string
  /** Local port, 0 for any free one. */
  port: number
  /** Only packets of this interface are received, and sent (SO_BINDTODEVICE, needs root). */
  device?: string
  broadcast?: boolean
  reuseAddress?: boolean
  /** UDP segmentation: one `send` leaves as datagrams of this many payload bytes (udp(7), UDP_SEGMENT). */
  segmentBytes?: number
  receiveBufferBytes?: number
  /**
   * Routers may cut the datagrams: they leave without "don't fragment" (ip(7), IP_PMTUDISC_DONT), as dnsmasq sends DHCP
   * and TFTP. With it, one router whose link is smaller and whose ICMP is lost swallows every full block, and neither
   * protocol has a means to find that out.
   */
  fragmentable?: boolean
}

function requestedOptions(
  options: UdpSocketOptions,
): Array<[level: number, name: number, value: Buffer, label: string]> {
  const wanted: Array<[number, number, Buffer, string]> = []
  if (options.reuseAddress) wanted.push([SOL_SOCKET, SO_REUSEADDR, int32(1), 'SO_REUSEADDR'])
  if (options.broadcast) wanted.push([SOL_SOCKET, SO_BROADCAST, int32(1), 'SO_BROADCAST'])
  if (options.receiveBufferBytes) wanted.push([SOL_SOCKET, SO_RCVBUF, int32(options.receiveBufferBytes), 'SO_RCVBUF'])
  if (options.fragmentable) wanted.push([IPPROTO_IP, IP_MTU_DISCOVER, int32(IP_PMTUDISC_DONT), 'IP_MTU_DISCOVER'])
  if (options.device) wanted.push([SOL_SOCKET, SO_BINDTODEVICE, Buffer.from(`${options.device}\0`), 'SO_BINDTODEVICE'])
  if (options.segmentBytes) wanted.push([SOL_UDP, UDP_SEGMENT, int32(options.segmentBytes), 'UDP_SEGMENT'])
  return wanted
}

/**
 * Opens an IPv4 UDP socket with options Node's dgram does not offer, made by libc and handed over by the
 * documented `bind({ fd })`.
 *
 * @returns the listening dgram socket; the caller owns and closes it.
 * @throws Error with `code` EADDRINUSE, EACCES, EPERM or ENODEV, and `syscall`, as Node's own sockets do.
 */
export async function openUdpSocket(options: UdpSocketOptions): Promise<dgram.Socket> {
  const c = loadLibc()
  const fd = c.socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)
  if (fd < 0) throw systemError('socket')
  try {
    for (const [level, name, value, label] of requestedOptions(options)) {
      if (c.setsockopt(fd, level, name, value, value.length) !== 0) throw systemError(`setsockopt ${label}`)
    }
    const address = sockaddrIn(options.address, options.port)
    if (c.bind(fd, address, address.length) !== 0) throw systemError(`bind ${options.address}:${options.port}`)
  } catch (error) {
    c.close(fd)
    throw error
  }
  const socket = dgram.createSocket({ type: 'udp4', reuseAddr: options.reuseAddress ?? false })
  // 'listening' is emitted while bind() runs when it is given a descriptor: listen for it first.
  const listening = once(socket, 'listening')
  socket.bind({ fd, exclusive: true })
  await listening
  if (options.broadcast) socket.setBroadcast(true)
  return socket
}
