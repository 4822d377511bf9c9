import { ERROR_CODE } from './packet.ts'
import { sendError, serveReadRequest } from './read-request.ts'
import type { ListeningSocket, ReadRequest, ReadRequestConfig, ReadRequestDependencies } from './read-request.ts'
import { classifyFirstPacket } from './request.ts'
import type { Session } from './session.ts'
import { isSilent } from './transfer.ts'
import type { Endpoint } from './transfer.ts'

export type DispatcherConfig = ReadRequestConfig & { maxTransfers: number }

/** Takes the packets of the well-known port and keeps the transfers their requests lead to. */
export type Dispatcher = {
  receive(bytes: Uint8Array, from: Endpoint, via: ListeningSocket): void
  active(): number
  /** Takes no more requests, ends running transfers with an ERROR, and waits for them. */
  stop(): Promise<void>
}

/** A request being served; without a session while the file is being opened. */
type ActiveRequest = { fingerprint: string; session?: Session; isWanted: boolean }

/** A dispatcher without requests yet; `dependencies.onEvent` hears of everything that happens to one. */
export function createDispatcher(config: DispatcherConfig, dependencies: ReadRequestDependencies): Dispatcher {
  const { onEvent } = dependencies
  /** By the client's address and port: it reads one file at a time from one port (RFC 1350 §4). */
  const requests = new Map<string, ActiveRequest>()
  const serving = new Set<Promise<void>>()
  let isStopped = false

  function receive(bytes: Uint8Array, from: Endpoint, via: ListeningSocket): void {
    if (isStopped) return
    const client = { address: from.address, port: from.port }
    const packet = classifyFirstPacket(bytes)
    if (packet.kind === 'read') return accept({ client, via, path: packet.path, options: packet.options })
    const { answer, reason } = packet
    if (answer) sendError({ client, via }, dependencies, answer.code, answer.message)
    if (packet.kind === 'malformed') onEvent({ type: 'malformed', client, reason })
    else onEvent({ type: 'refused', client, file: packet.file, reason })
  }

  function accept(request: ReadRequest): void {
    const key = `${request.client.address}:${request.client.port}`
    const fingerprint = JSON.stringify([request.path, request.options])
    const earlier = requests.get(key)
    if (earlier && isSameTransfer(earlier, fingerprint)) {
      earlier.session?.feed({ type: 'request-repeated' })
      return
    }
    if (earlier) replace(earlier)
    else if (requests.size >= config.maxTransfers) return refuse(request)
    const active: ActiveRequest = { fingerprint, isWanted: true }
    requests.set(key, active)
    const served = serve(request, active).finally(() => {
      serving.delete(served)
      if (requests.get(key) === active) requests.delete(key)
    })
    serving.add(served)
  }

  function serve(request: ReadRequest, active: ActiveRequest): Promise<void> {
    return serveReadRequest(request, config, dependencies, {
      isWanted: () => active.isWanted && !isStopped,
      onSession(session) {
        active.session = session
        if (!active.isWanted) session.feed({ type: 'request-replaced' })
        else if (isStopped) session.feed({ type: 'stop' })
      },
    })
  }

  function refuse({ client, via, path: file }: ReadRequest): void {
    const reason = 'Too many transfers at once, try again'
    sendError({ client, via }, dependencies, ERROR_CODE.undefined, reason)
    onEvent({ type: 'refused', client, file, reason })
  }

  return {
    receive,
    active: () => serving.size,
    async stop() {
      isStopped = true
      for (const { session } of requests.values()) session?.feed({ type: 'stop' })
      await Promise.all(serving)
    },
  }
}

/**
 * A client repeats its request until it has an answer. The same request from a client that was heard and then fell silent
 * is a new start from the same port.
 */
function isSameTransfer({ fingerprint, session }: ActiveRequest, requested: string): boolean {
  return fingerprint === requested && !(session && isSilent(session.state()))
}

function replace(active: ActiveRequest): void {
  active.isWanted = false
  active.session?.feed({ type: 'request-replaced' })
}
