import { loadLibc, SOCK_CLOEXEC } from './libc.ts'
import { AF_INET, SO_BINDTODEVICE, SOCK_DGRAM, sockaddrIn, SOL_SOCKET } from './socket-address.ts'

/** Linux constants of <netinet/in.h>. */
const IPPROTO_IP = 0
const IP_MTU = 14
/** Any port will do: connect(2) of a datagram socket only looks the route up, nothing is sent. */
const DISCARD_PORT = 9

/** One way through the network: from one of our addresses, `0.0.0.0` for whichever the routing table takes. */
export type Route = { from: string; to: string; device?: string }

/**
 * The largest IP packet of the way to an address, as the kernel knows it: the interface's MTU, or the route's own, or what
 * a router on the way has told (ip(7), IP_MTU).
 *
 * @returns undefined where no route leads there, or the system will not say.
 */
export function readPathMtu({ from, to, device }: Route): number | undefined {
  const c = loadLibc()
  const fd = c.socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)
  if (fd < 0) return undefined
  try {
    const name = Buffer.from(`${device ?? ''}\0`)
    if (device !== undefined && c.setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, name, name.length) !== 0) return undefined
    const source = sockaddrIn(from, 0)
    const target = sockaddrIn(to, DISCARD_PORT)
    if (c.bind(fd, source, source.length) !== 0 || c.connect(fd, target, target.length) !== 0) return undefined
    const value = Buffer.alloc(4)
    if (c.getsockopt(fd, IPPROTO_IP, IP_MTU, value, [value.length]) !== 0) return undefined
    return value.readInt32LE(0)
  } finally {
    c.close(fd)
  }
}
