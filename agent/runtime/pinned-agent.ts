import { Agent, type RequestOptions } from 'node:https'
import type { Duplex } from 'node:stream'
import { connect, type TLSSocket } from 'node:tls'
import { agentServerName, pinOf, type KeyPin } from '../protocol/key-pin.ts'
import { ServerKeyError } from './connection-errors.ts'

/** A server that answers, answers a handshake at once; one that only took the connection does not hold us for long. */
const handshakeMs = 20_000

type Created = (error: Error | null, socket: Duplex) => void

/**
 * Connections to one server, kept alive. None is handed to a request before the server has proved that it has the pinned
 * key (TLS 1.3, RFC 8446 §4.4.3), so that nobody else ever gets a byte of one. The certificate around the key is not
 * looked at: its dates would be judged by a clock that is often wrong on a bench, and its names by addresses that change.
 * No session is resumed: every connection proves the key anew.
 */
export class PinnedAgent extends Agent {
  readonly #pin: KeyPin
  readonly #connecting = new Set<TLSSocket>()

  constructor(pin: KeyPin) {
    super({ keepAlive: true, maxSockets: 8, maxCachedSessions: 0 })
    this.#pin = pin
  }

  override createConnection(options: RequestOptions, created?: Created): Duplex | null | undefined {
    const { host, port } = options
    const socket = connect({
      ...(typeof host === 'string' ? { host } : {}),
      port: Number(port),
      servername: agentServerName,
      minVersion: 'TLSv1.3',
      // What is checked instead is the key, below.
      rejectUnauthorized: false,
    })
    socket.setNoDelay(true)
    this.#connecting.add(socket)
    const failed = (error: Error): void => {
      this.#connecting.delete(socket)
      socket.destroy()
      created?.(error, socket)
    }
    const late = (): void => void socket.destroy(new Error(`no TLS handshake within ${handshakeMs} ms`))
    const closed = (): void => failed(new Error('closed during the TLS handshake'))
    socket.setTimeout(handshakeMs, late)
    socket.once('error', failed).once('close', closed)
    socket.once('secureConnect', () => {
      socket.off('error', failed).off('close', closed).off('timeout', late).setTimeout(0)
      if (pinOfPeer(socket) !== this.#pin) return failed(new ServerKeyError(`${String(host)}:${String(port)}`))
      this.#connecting.delete(socket)
      created?.(null, socket)
    })
    return undefined
  }

  override destroy(): void {
    for (const socket of this.#connecting) socket.destroy()
    super.destroy()
  }
}

function pinOfPeer(socket: TLSSocket): KeyPin | null {
  const certificate = socket.getPeerX509Certificate()
  return certificate === undefined ? null : pinOf(certificate.publicKey.export({ type: 'spki', format: 'der' }))
}
