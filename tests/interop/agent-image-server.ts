import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { KeyPin } from '../../agent/protocol/key-pin.ts'
import { listenAt, ownLoopbackAddress } from '../machine/loopback.ts'
import { makeTestIdentity } from '../machine/test-identity.ts'

/** Serves one image, or files by the last part of their path, with ranges, and misbehaves as the test wants. */
export type ImageServer = {
  url: URL
  pin: KeyPin
  /** Where each request began. */
  offsets: number[]
  /** After so many bytes of an answer the whole server dies (every connection, the port too) and comes back later. */
  dieAfter: number | null
  /** Bytes a second at most, null for as fast as it goes. */
  bytesPerSecond: number | null
  ranges: boolean
  status: number | null
  stop(): Promise<void>
}

const pieceBytes = 64 * 1024
const awayMs = 400

export async function serveImage(source: Buffer | ReadonlyMap<string, Buffer>): Promise<ImageServer> {
  const host = ownLoopbackAddress()
  const identity = await makeTestIdentity()
  let server: Server = createServer(identity, answer)
  const port = await listenAt(server, host, 0)
  let isStopped = false
  const fake: ImageServer = {
    url: new URL(`https://${host}:${port}`),
    pin: identity.pin,
    offsets: [],
    dieAfter: null,
    bytesPerSecond: null,
    ranges: true,
    status: null,
    stop: async () => {
      isStopped = true
      await close()
    },
  }

  async function close(): Promise<void> {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }

  async function restart(): Promise<void> {
    await close()
    await new Promise((resolve) => setTimeout(resolve, awayMs))
    if (isStopped) return
    server = createServer(identity, answer)
    await listenAt(server, host, port)
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    response.on('error', () => undefined)
    send(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  }

  async function send(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers.authorization !== 'Bearer run-token') return void response.writeHead(401).end()
    if (fake.status !== null) return void response.writeHead(fake.status).end()
    const image = Buffer.isBuffer(source) ? source : source.get(request.url?.split('/').at(-1) ?? '')
    if (image === undefined) return void response.writeHead(404).end()
    const asked = fake.ranges ? /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] : undefined
    const from = Number(asked ?? 0)
    fake.offsets.push(from)
    if (from >= image.length) return void response.writeHead(416).end()
    const range = { 'content-range': `bytes ${from}-${image.length - 1}/${image.length}` }
    response.writeHead(asked === undefined ? 200 : 206, {
      'content-length': image.length - from,
      ...(asked === undefined ? {} : range),
    })
    for (let at = from; at < image.length && !response.destroyed; at += pieceBytes) {
      if (fake.dieAfter !== null && at - from >= fake.dieAfter) {
        fake.dieAfter = null
        void restart()
        return
      }
      const free = response.write(image.subarray(at, at + pieceBytes))
      if (!free) await room(response)
      if (fake.bytesPerSecond !== null)
        await new Promise((resolve) => setTimeout(resolve, (pieceBytes * 1000) / (fake.bytesPerSecond ?? 1)))
    }
    response.end()
  }
  return fake
}

/** Until the answer takes more, or is over. */
function room(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done)
      resolve()
    }
    response.on('drain', done).on('close', done)
  })
}
