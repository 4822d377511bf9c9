import { randomInt } from 'node:crypto'
import type { Server } from 'node:net'

/**
 * An address of this machine that nobody else uses (all of 127.0.0.0/8 is loopback), for a server that goes away and comes
 * back: on 127.0.0.1 its port may be given to any other program's connection meanwhile.
 */
export function ownLoopbackAddress(): string {
  return `127.${randomInt(1, 255)}.${randomInt(0, 256)}.${randomInt(1, 255)}`
}

/** Listens, and gives the port: the kernel's choice where `port` is 0. */
export function listenAt(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}
