import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

export type SlowClientLimits = {
  /** A request's headers are there within this time of its connection. */
  headersMs: number
  /** Each of these while a body comes in, `bytesEach` of it arrive, or it ends. */
  bodyWindowMs: number
  bodyBytesEach: number
  /** A client that takes nothing of an answer for so long has gone. */
  readWindowMs: number
  /** Connections one address may have; this computer itself, where a proxy may stand, any number. */
  connectionsEach: number
}

/**
 * An image that is uploaded for hours goes on as long as it moves, at 400 bytes a second; a client that only keeps a
 * connection busy is cut. Five minutes for readers: an agent writes what it reads to a disk that may be slow.
 */
export const usualSlowClientLimits: SlowClientLimits = {
  headersMs: 15_000,
  bodyWindowMs: 20_000,
  bodyBytesEach: 8192,
  readWindowMs: 300_000,
  connectionsEach: 512,
}

type Exchange = { request: IncomingMessage; response: ServerResponse }
type Window = { bytes: number; sinceMs: number }

/** One connection: the exchange that goes on, and how far it was when its window began. */
type Watched = { exchange: Exchange | null; body: Window; read: Window }

/**
 * Cuts the connections of clients that send or read so slowly that they only keep us busy ("slow loris"), on one server.
 * Node's own limit for whole requests would end long uploads too, so what is watched is that bytes move.
 *
 * @param elapsedMs a clock that only goes forward
 * @returns how to stop
 */
export function cutSlowClients(
  server: Server,
  elapsedMs: () => number,
  limits: SlowClientLimits = usualSlowClientLimits,
): () => void {
  const connections = new Map<Socket, Watched>()
  const addresses = new Map<string, number>()
  server.headersTimeout = limits.headersMs

  function onConnection(socket: Socket): void {
    const address = socket.remoteAddress ?? ''
    const count = addresses.get(address) ?? 0
    if (count >= limits.connectionsEach && !isThisComputer(address)) return void socket.destroy()
    addresses.set(address, count + 1)
    const fresh = { bytes: 0, sinceMs: elapsedMs() }
    connections.set(socket, { exchange: null, body: fresh, read: fresh })
    socket.once('close', () => {
      connections.delete(socket)
      const left = (addresses.get(address) ?? 1) - 1
      if (left === 0) addresses.delete(address)
      else addresses.set(address, left)
    })
  }

  function onRequest(request: IncomingMessage, response: ServerResponse): void {
    const watched = connections.get(request.socket)
    if (watched === undefined) return
    watched.exchange = { request, response }
    watched.body = { bytes: request.socket.bytesRead, sinceMs: elapsedMs() }
    watched.read = { bytes: takenBytes(request.socket), sinceMs: elapsedMs() }
  }

  function look(): void {
    const now = elapsedMs()
    for (const [socket, watched] of connections)
      if (watched.exchange !== null && isStuck(socket, watched.exchange, watched, limits, now)) socket.destroy()
  }

  server.on(connectionEvent(server), onConnection)
  server.on('request', onRequest)
  const timer = setInterval(look, Math.min(limits.bodyWindowMs, limits.readWindowMs) / 4)
  timer.unref()
  return () => {
    clearInterval(timer)
    server.off(connectionEvent(server), onConnection)
    server.off('request', onRequest)
  }
}

/** Of a TLS server the sockets that requests come on are those that have shaken hands. */
function connectionEvent(server: Server): 'connection' | 'secureConnection' {
  return 'setSecureContext' in server ? 'secureConnection' : 'connection'
}

function isStuck(
  socket: Socket,
  { request, response }: Exchange,
  watched: Watched,
  limits: SlowClientLimits,
  now: number,
): boolean {
  // What we do not take in ourselves, since a disk is slow, is not the sender's fault.
  const isComing = !request.complete && !request.destroyed && !request.isPaused() && request.readableFlowing !== false
  const enough = isComing ? limits.bodyBytesEach : 0
  watched.body = moved(watched.body, socket.bytesRead, enough, now)
  if (isComing && now - watched.body.sinceMs > limits.bodyWindowMs) return true
  const isGoing = !response.writableFinished && socket.writableLength > 0
  watched.read = moved(watched.read, takenBytes(socket), isGoing ? 1 : 0, now)
  return isGoing && now - watched.read.sinceMs > limits.readWindowMs
}

/** The window as it was, or a new one once enough has moved. */
function moved(window: Window, bytes: number, enough: number, now: number): Window {
  return bytes - window.bytes >= enough ? { bytes, sinceMs: now } : window
}

/** What the system has taken over for sending: what waits in our memory was not read by anybody. */
function takenBytes(socket: Socket): number {
  return socket.bytesWritten - socket.writableLength
}

function isThisComputer(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address)
}
