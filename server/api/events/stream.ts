import type { ServerResponse } from 'node:http'
import type { LiveHub, NumberedEvent } from '../../live/hub.ts'
import type { LiveEvent } from './schema.ts'

/** Proxies and browsers drop a silent line; the dashboard takes 40 s of silence for a dead one. */
export const heartbeatMs = 15_000
const reconnectMs = 2000
/** A reader this far behind is cut off: it comes back with Last-Event-ID or reads everything anew. */
const longestBacklogBytes = 8 * 1024 * 1024

/** One event as text/event-stream (WHATWG HTML §9.2.5). JSON holds no line feed, so one `data:` line is enough. */
export function encodeEvent({ id, event }: NumberedEvent<LiveEvent>): string {
  return `id: ${id}\ndata: ${JSON.stringify(event)}\n\n`
}

/**
 * Sends the live events to one reader until it leaves or `signal` ends it.
 *
 * @param lastEventId what the reader saw last; null for one that begins now.
 * @returns when the stream is closed.
 */
export async function streamEvents(
  response: ServerResponse,
  hub: LiveHub<LiveEvent>,
  { lastEventId, signal }: { lastEventId: string | null; signal: AbortSignal },
): Promise<void> {
  const closed = new Promise<void>((resolve) => response.once('close', resolve))
  const send = (text: string): void => {
    if (response.writableLength > longestBacklogBytes) response.destroy()
    else response.write(text)
  }
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  })
  send(`retry: ${reconnectMs}\n: etabli\n\n`)
  const missed = lastEventId === null ? null : hub.missedSince(lastEventId)
  if (missed?.kind === 'events') for (const event of missed.events) send(encodeEvent(event))
  // Too much was missed, or the server is another one than then: the reader has to ask for everything anew.
  else
    send(
      `id: ${hub.lastId()}\nevent: ${missed ? 'reset' : 'begin'}\ndata: {"type":"${missed ? 'reset' : 'begin'}"}\n\n`,
    )
  const unsubscribe = hub.subscribe((event) => send(encodeEvent(event)))
  const heartbeat = setInterval(() => send(': heartbeat\n\n'), heartbeatMs)
  const end = (): void => void response.end()
  signal.addEventListener('abort', end, { once: true })
  if (signal.aborted) end()
  await closed
  signal.removeEventListener('abort', end)
  clearInterval(heartbeat)
  unsubscribe()
}
