import { ERROR_CODE } from './packet.ts'
import { judgeArrival } from './request.ts'
import type { Session } from './session.ts'
import { isForsaken } from './transfer.ts'
import type { Endpoint } from './transfer.ts'
import { sendError, serveVisit } from './request-socket.ts'
import type { Door, Visit, VisitConfig, VisitDeps } from './request-socket.ts'

export type ReceptionConfig = VisitConfig & { maxTransfers: number }

/** Takes first packets and keeps the transfers they lead to. */
export type Reception = {
  receive(bytes: Uint8Array, from: Endpoint, door: Door): void
  active(): number
  /** Takes no more requests, ends running transfers with an ERROR, and waits for them. */
  stop(): Promise<void>
}

/** A client being served. Its session is absent while the file is being opened. */
type Guest = { request: string; session?: Session; isWanted: boolean }

export function createReception(config: ReceptionConfig, deps: VisitDeps): Reception {
  const { onEvent } = deps
  /** By address and port: a client reads one file at a time from one port (RFC 1350 §4). */
  const guests = new Map<string, Guest>()
  const serving = new Set<Promise<void>>()
  let isStopped = false

  function receive(bytes: Uint8Array, from: Endpoint, door: Door): void {
    if (isStopped) return
    const client = { address: from.address, port: from.port }
    const arrival = judgeArrival(bytes)
    if (arrival.kind === 'read') {
      welcome({ client, door, path: arrival.path, options: arrival.options })
      return
    }
    const { answer, reason } = arrival
    if (answer) sendError({ client, door }, deps, answer.code, answer.message)
    if (arrival.kind === 'malformed') onEvent({ type: 'malformed', client, reason })
    else onEvent({ type: 'refused', client, file: arrival.file, reason })
  }

  function welcome(visit: Visit): void {
    const key = `${visit.client.address}:${visit.client.port}`
    const request = JSON.stringify([visit.path, visit.options])
    const present = guests.get(key)
    if (present && isSameTransfer(present, request)) {
      present.session?.feed({ type: 'request-repeated' })
      return
    }
    if (present) dismiss(present)
    else if (guests.size >= config.maxTransfers) return turnAway(visit)
    const guest: Guest = { request, isWanted: true }
    guests.set(key, guest)
    const served = serve(visit, guest).finally(() => {
      serving.delete(served)
      if (guests.get(key) === guest) guests.delete(key)
    })
    serving.add(served)
  }

  function serve(visit: Visit, guest: Guest): Promise<void> {
    return serveVisit(visit, config, deps, {
      isWanted: () => guest.isWanted && !isStopped,
      onSession(session) {
        guest.session = session
        if (!guest.isWanted) session.feed({ type: 'request-replaced' })
        else if (isStopped) session.feed({ type: 'stop' })
      },
    })
  }

  function turnAway({ client, door, path: file }: Visit): void {
    const reason = 'Too many transfers at once, try again'
    sendError({ client, door }, deps, ERROR_CODE.undefined, reason)
    onEvent({ type: 'refused', client, file, reason })
  }

  return {
    receive,
    active: () => serving.size,
    async stop() {
      isStopped = true
      for (const guest of guests.values()) guest.session?.feed({ type: 'stop' })
      await Promise.all(serving)
    },
  }
}

/** A client repeats its request until it has an answer; one that starts over from the same port has fallen silent before. */
function isSameTransfer({ request, session }: Guest, asked: string): boolean {
  return request === asked && !(session && isForsaken(session.state()))
}

function dismiss(guest: Guest): void {
  guest.isWanted = false
  guest.session?.feed({ type: 'request-replaced' })
}
