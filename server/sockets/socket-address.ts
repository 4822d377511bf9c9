/** Linux constants of <sys/socket.h>. */
export const AF_INET = 2
export const SOCK_DGRAM = 2
export const SOL_SOCKET = 1
export const SO_BINDTODEVICE = 25

/** struct sockaddr_in: family in host order, port and address in network order (ip(7)). */
export function sockaddrIn(address: string, port: number): Buffer {
  const bytes = Buffer.alloc(16)
  bytes.writeUInt16LE(AF_INET, 0)
  bytes.writeUInt16BE(port, 2)
  address.split('.').forEach((octet, index) => bytes.writeUInt8(Number(octet), 4 + index))
  return bytes
}

/** An int as the kernel reads it from setsockopt(2). */
export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value)
  return bytes
}
