import { openUdpSocket } from '../sockets/udp-socket.ts'
import { isIpv4, type Ipv4 } from './addresses.ts'
import { DhcpError } from './errors.ts'

const SERVER_PORT = 67
const RECEIVE_BUFFER_BYTES = 1024 * 1024

/** Where a datagram came from. */
export type Sender = { readonly address: Ipv4; readonly port: number }

/** The DHCP server port of one interface. */
export type DhcpSocket = {
  onMessage(handler: (bytes: Uint8Array, from: Sender) => void): void
  onError(handler: (error: Error) => void): void
  /** @throws Error with `code`, for example ENETUNREACH. */
  send(bytes: Uint8Array, port: number, address: Ipv4): Promise<void>
  close(): Promise<void>
}

/**
 * Opens UDP port 67 on one interface. Without SO_REUSEADDR, so that a second DHCP server on this machine is found out
 * instead of half the packets going to each.
 *
 * @throws Error with `code` EADDRINUSE, EACCES, EPERM or ENODEV.
 */
export async function openDhcpSocket(device: string): Promise<DhcpSocket> {
  const socket = await openUdpSocket({
    address: '0.0.0.0',
    port: SERVER_PORT,
    device,
    broadcast: true,
    fragmentable: true,
    receiveBufferBytes: RECEIVE_BUFFER_BYTES,
  })
  return {
    onMessage(handler) {
      socket.on('message', (bytes, { address, port }) => {
        if (isIpv4(address)) handler(bytes, { address, port })
      })
    },
    onError(handler) {
      socket.on('error', handler)
    },
    send: (bytes, port, address) =>
      new Promise((resolve, reject) => {
        socket.send(bytes, port, address, (error) => (error ? reject(error) : resolve()))
      }),
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  }
}

/** What the system said when a socket could not be opened, as an error for a person. */
export function openingError(error: unknown, device: string): DhcpError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  switch (code) {
    case 'EADDRINUSE':
      return new DhcpError('DHCP_PORT_BUSY', { device }, error)
    case 'EACCES':
    case 'EPERM':
      return new DhcpError('DHCP_NOT_PERMITTED', { device }, error)
    case 'ENODEV':
      return new DhcpError('DHCP_INTERFACE_MISSING', { device, available: '–' }, error)
    default:
      return new DhcpError('DHCP_SOCKET_FAILED', { device, cause: code }, error)
  }
}
