import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  createLoaderConnections,
  isLoader,
  type LoaderConnections,
} from '../../../../server/netboot/loader-connections.ts'

const grub = 'GRUB 2.12-9+deb13u4'

/** The HTTP server's own way to close leaves, in the system, a connection that waits for GRUB's last word. */
describe('nothing of a connection of GRUB’s outlives GRUB', () => {
  let server: Server
  let connections: LoaderConnections
  beforeEach(async () => {
    connections = createLoaderConnections()
    server = createServer((request, response) => {
      if (isLoader(request.headers['user-agent'])) connections.carried(request.socket)
      response.end('boot')
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterEach(async () => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  })

  /** A program that has asked for something and read the answer. */
  async function answered(userAgent: string): Promise<Socket> {
    const client = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', allowHalfOpen: true })
    client.write(`GET / HTTP/1.1\r\nHost: x\r\nUser-Agent: ${userAgent}\r\n\r\n`)
    let read = ''
    while (!read.endsWith('boot')) read += String(await once(client, 'data'))
    return client
  }
  /** How the server's side of a connection goes: in order, or at once, so that nothing is left of it. */
  const goes = (client: Socket): Promise<string> =>
    new Promise<string>((resolve) => {
      client.once('end', () => resolve('in order'))
      client.once('error', (error) =>
        resolve('code' in error && error.code === 'ECONNRESET' ? 'at once' : String(error)),
      )
      client.resume()
    }).finally(() => client.destroy())

  test('when it closes, and may be gone before our end reaches it', async () => {
    const [one, other] = [await answered(grub), await answered('Wget')]
    one.end()
    other.end()
    expect(await Promise.all([goes(one), goes(other)])).toEqual(['at once', 'in order'])
  })

  test('when it has handed over, and asks nothing more', async () => {
    server.keepAliveTimeout = 1
    expect(await goes(await answered(grub))).toBe('at once')
  })

  test('when a PC with its address starts', async () => {
    const [one, two] = [goes(await answered(grub)), goes(await answered(grub))]
    const other = await answered('Wget')
    connections.startedAnew('127.0.0.2')
    connections.startedAnew('127.0.0.1')
    expect(await Promise.all([one, two])).toEqual(['at once', 'at once'])
    other.end()
    expect(await goes(other)).toBe('in order')
  })
})
