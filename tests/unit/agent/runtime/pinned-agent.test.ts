import { createServer as createPlainServer } from 'node:net'
import { createServer as createTlsServer, type Server, type TlsOptions, type TLSSocket } from 'node:tls'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PinnedServer } from '../../../../agent/protocol/pinned-server.ts'
import { ServerKeyError } from '../../../../agent/runtime/connection-errors.ts'
import { openConnection } from '../../../../agent/runtime/connection.ts'
import { openTransport, TransportError, type Transport } from '../../../../agent/runtime/transport.ts'
import { listenAt, ownLoopbackAddress } from '../../../machine/loopback.ts'
import { makeTestIdentity, type TestIdentity } from '../../../machine/test-identity.ts'
import { startFakeServer } from '../fake-server.ts'

const { signal } = new AbortController()
const ask = { method: 'POST', path: '/agent/v1/hello', bearer: 'a-secret', body: { key: 'a-key' } } as const
const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}'

let transport: Transport
let stop: () => Promise<void>
beforeEach(() => {
  stop = () => Promise.resolve()
})
afterEach(async () => {
  transport.close()
  await stop()
})

type Seen = { connections: number; handshakes: number; sockets: TLSSocket[]; text: string; server: PinnedServer }

/** A TLS server that answers everything, and remembers every byte it was told. */
async function serve(identity: TestIdentity, options: TlsOptions = {}): Promise<Seen> {
  const seen: Seen = {
    connections: 0,
    handshakes: 0,
    sockets: [],
    text: '',
    server: { url: new URL('https://x'), pin: identity.pin },
  }
  const server: Server = createTlsServer({ ...identity, ...options }, (socket) => {
    seen.handshakes += 1
    seen.sockets.push(socket)
    socket.on('error', () => undefined)
    socket.on('data', (data) => {
      seen.text += data.toString('latin1')
      if (seen.text.includes('\r\n\r\n')) socket.write(answer)
    })
  })
  server.on('connection', () => (seen.connections += 1))
  const host = ownLoopbackAddress()
  const port = await listenAt(server, host, 0)
  seen.server.url = new URL(`https://${host}:${port}`)
  stop = () =>
    new Promise((resolve) => {
      for (const socket of seen.sockets) socket.destroy()
      server.close(() => resolve())
    })
  return seen
}

const send = (server: PinnedServer): Promise<unknown> => {
  transport = openTransport(server)
  return transport.send({ ...ask, silenceMs: 5000, signal })
}

describe('the right server', () => {
  test('is one with the pinned key, whatever the dates of its certificate say', async () => {
    for (const year of ['1998', '2026', '2096']) {
      const seen = await serve(await makeTestIdentity(new Date(`${year}-01-01T00:00:00Z`)))
      await expect(send(seen.server)).resolves.toMatchObject({ status: 200 })
      expect(seen.text).toContain('authorization: Bearer a-secret')
      transport.close()
      await stop()
    }
    const seen = await serve(await makeTestIdentity())
    await send(seen.server)
  })

  test('is asked again on the same connection, and shows its key anew on every other', async () => {
    const seen = await serve(await makeTestIdentity())
    await send(seen.server)
    await transport.send({ ...ask, silenceMs: 5000, signal })
    expect(seen.handshakes).toBe(1)
    for (const socket of seen.sockets) socket.destroy()
    await expect.poll(() => transport.send({ ...ask, silenceMs: 5000, signal }).catch(() => null)).not.toBeNull()
    expect(seen.sockets.map((socket) => socket.isSessionReused())).not.toContain(true)
  })

  test('may be cancelled while it has not answered the handshake', async () => {
    const mute = createPlainServer((socket) => socket.on('error', () => undefined).resume())
    const host = ownLoopbackAddress()
    const url = new URL(`https://${host}:${await listenAt(mute, host, 0)}`)
    const cancel = new AbortController()
    transport = openTransport({ url, pin: (await makeTestIdentity()).pin })
    const sent = transport.send({ ...ask, silenceMs: 60_000, signal: cancel.signal })
    cancel.abort(new Error('told to stop'))
    await expect(sent).rejects.toThrow('told to stop')
    transport.close()
    // With a connection left open this would never come.
    await new Promise((resolve) => mute.close(resolve))
  })
})

describe('whoever else is at its address', () => {
  test('is told nothing, and the agent says who is missing', async () => {
    const seen = await serve(await makeTestIdentity())
    const { pin } = await makeTestIdentity()
    const error = await send({ ...seen.server, pin }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ServerKeyError)
    expect(error).toMatchObject({ code: 'SERVER_KEY_WRONG', params: { server: seen.server.url.host } })
    const connection = openConnection(transport)
    expect(await connection.work('a-session', signal)).toMatchObject({ kind: 'untrusted' })
    await expect(connection.open('/agent/v1/images/x', 'a-token', 0, signal)).rejects.toBeInstanceOf(ServerKeyError)
    await expect.poll(() => seen.connections).toBe(3)
    await stop()
    expect(seen.text).toBe('')
  })

  test('that shows our certificate without having its key ends with nothing', async () => {
    const ours = await makeTestIdentity()
    const other = await makeTestIdentity()
    // OpenSSL refuses a pair that does not belong together; so the thief answers with a context made for each half.
    await expect(serve({ ...ours, key: other.key })).rejects.toMatchObject({
      code: 'ERR_OSSL_X509_KEY_VALUES_MISMATCH',
    })
    const seen = await serve(other)
    await expect(send({ ...seen.server, pin: ours.pin })).rejects.toBeInstanceOf(ServerKeyError)
  })

  test('may speak plain HTTP, or an older TLS, and gets no request', async () => {
    let told = ''
    const plain = createPlainServer((socket) => {
      socket.on('error', () => undefined)
      socket.on('data', (data) => {
        told += data.toString('latin1')
        socket.end(answer)
      })
    })
    const host = ownLoopbackAddress()
    const url = new URL(`https://${host}:${await listenAt(plain, host, 0)}`)
    const identity = await makeTestIdentity()
    await expect(send({ url, pin: identity.pin })).rejects.toBeInstanceOf(TransportError)
    expect(told).not.toMatch(/HTTP|a-secret|a-key/)
    await new Promise((resolve) => plain.close(resolve))
    const old = await serve(identity, { maxVersion: 'TLSv1.2' })
    await expect(send(old.server)).rejects.toBeInstanceOf(TransportError)
    expect(old.text).toBe('')
  })

  test('may have come while connections were kept alive: the next one shows it', async () => {
    const server = await startFakeServer()
    transport = openTransport(server)
    const connection = openConnection(transport)
    expect(await connection.work('nobody', signal)).toEqual({ kind: 'refused', status: 401 })
    await server.die()
    const seen = await rogueAt(server.url, await makeTestIdentity())
    await expect.poll(() => connection.work('nobody', signal)).toMatchObject({ kind: 'untrusted' })
    await stop()
    expect(seen.text).toBe('')
    await server.comeBack()
    expect(await connection.work('nobody', signal)).toEqual({ kind: 'refused', status: 401 })
    await server.die()
  })
})

async function rogueAt(url: URL, identity: TestIdentity): Promise<{ text: string }> {
  const seen = { text: '' }
  const sockets: TLSSocket[] = []
  const server = createTlsServer(identity, (socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined).on('data', (data) => (seen.text += data.toString('latin1')))
  })
  await listenAt(server, url.hostname, Number(url.port))
  stop = () =>
    new Promise((resolve) => {
      for (const socket of sockets) socket.destroy()
      server.close(() => resolve())
    })
  return seen
}
