import { createServer, type Server } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cutSlowClients, usualSlowClientLimits, type SlowClientLimits } from '../../../../server/api/slow-clients.ts'
import { ask, openWorkshop, signIn } from './workshop.ts'

/** A clock that a test sets; the look itself comes by the system's timer, often. */
let elapsed = 0
const limits: SlowClientLimits = {
  ...usualSlowClientLimits,
  ...{ bodyWindowMs: 40, bodyBytesEach: 1000, readWindowMs: 40 },
}

let server: Server
let stop: () => void
let received: number
let clients: Socket[]
beforeEach(async () => {
  elapsed = 0
  received = 0
  clients = []
  server = createServer((request, response) => {
    if (request.method === 'GET') return void response.end(Buffer.alloc(64 * 1024 * 1024))
    request.on('data', (piece: Buffer) => (received += piece.length))
    request.on('end', () => response.end('done'))
  })
  stop = cutSlowClients(server, () => elapsed, limits)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(() => {
  stop()
  for (const client of clients) client.destroy()
  server.closeAllConnections()
  server.close()
})

type Client = { socket: Socket; closed: Promise<void>; isOpen: () => boolean; heard: () => string }

async function open(text: string): Promise<Client> {
  const address = server.address()
  const socket = connect(typeof address === 'object' ? (address?.port ?? 0) : 0, '127.0.0.1')
  clients.push(socket)
  let isOpen = true
  let heard = ''
  socket.on('error', () => undefined)
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  void closed.then(() => (isOpen = false))
  await new Promise<void>((resolve) => socket.once('connect', resolve))
  socket.write(text)
  socket.on('data', (piece: Buffer) => (heard += piece.toString('latin1').slice(0, 200)))
  return { socket, closed, isOpen: () => isOpen, heard: () => heard }
}

const post = (length: number): string => `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${length}\r\n\r\n`

test('a body that dribbles is cut, however often a byte comes', async () => {
  const client = await open(post(1_000_000))
  const dribble = setInterval(() => {
    elapsed += 10
    client.socket.write('x')
  }, 5)
  await client.closed
  clearInterval(dribble)
  expect(received).toBeLessThan(1000)
})

test('a body that moves goes on for as long as it takes', async () => {
  const client = await open(post(100_000))
  for (let sent = 0; sent < 100_000; sent += 1000) {
    client.socket.write('x'.repeat(1000))
    await expect.poll(() => received, { interval: 2, timeout: 10_000 }).toBe(sent + 1000)
    elapsed += 30
    // Long enough for a look.
    await new Promise((resolve) => setTimeout(resolve, 12))
  }
  await expect.poll(client.heard, { timeout: 10_000 }).toContain('done')
  expect(elapsed).toBeGreaterThan(20 * limits.bodyWindowMs)
  expect(client.isOpen()).toBe(true)
})

test('a client that reads nothing of its answer is cut', async () => {
  const client = await open('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
  client.socket.pause()
  const clock = setInterval(() => (elapsed += 10), 5)
  await expect
    .poll(() => new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count))), {
      timeout: 10_000,
    })
    .toBe(0)
  clearInterval(clock)
})

test('a connection that rests between requests stays', async () => {
  const client = await open(post(3) + 'abc')
  await expect.poll(client.heard).toContain('done')
  elapsed += 100_000
  await new Promise((resolve) => setTimeout(resolve, 40))
  expect(client.isOpen()).toBe(true)
})

describe('the real server', () => {
  test('cuts headers and bodies that do not come, and goes on serving', { timeout: 120_000 }, async () => {
    const workshop = await openWorkshop()
    try {
      const port = Number(new URL(workshop.url).port)
      const attempt = (text: string, drip: string): Promise<void> => {
        const socket = connect(port, '127.0.0.1')
        clients.push(socket)
        socket.on('error', () => undefined)
        socket.resume()
        socket.write(text)
        const timer = setInterval(() => socket.writable && socket.write(drip), 1000)
        return new Promise((resolve) =>
          socket.once('close', () => {
            clearInterval(timer)
            resolve()
          }),
        )
      }
      await Promise.all([
        attempt('GET / HTTP/1.1\r\nHost: a\r\n', 'X-A: b\r\n'),
        attempt('', ''),
        attempt(
          `POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n{`,
          ' ',
        ),
      ])
      expect((await ask(workshop, 'GET', '/api/session', { token: await signIn(workshop) })).status).toBe(200)
    } finally {
      await workshop.close()
    }
  })
})
