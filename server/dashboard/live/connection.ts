import type { LiveEvent } from '../../api/events/schema.ts'
import { parseLiveEvent, readEvents } from './event-stream.ts'

export type ConnectionListener = {
  /** The stream is open: time to fetch what happened before it. */
  opened(): void
  event(event: LiveEvent): void
  /** Bytes came, if only a heartbeat. */
  heard(): void
  lost(status: number | null): void
}

/** The server sends a heartbeat every 15 seconds or so; twice missed, the line is dead even if TCP has not noticed. */
const silenceMs = 40_000
const firstPauseMs = 500
const longestPauseMs = 10_000

/** Keeps the event stream open until `signal` ends it: opens again after a loss, slower each time. */
export async function keepConnected(url: string, listener: ConnectionListener, signal: AbortSignal): Promise<void> {
  let pauseMs = firstPauseMs
  while (!signal.aborted) {
    const opened = await readOnce(url, listener, signal)
    if (signal.aborted) return
    pauseMs = opened ? firstPauseMs : Math.min(longestPauseMs, pauseMs * 2)
    await pause(pauseMs, signal)
  }
}

/** Gives whether the stream was open at all. It is fetched, not an EventSource, which would hide heartbeats and statuses. */
async function readOnce(url: string, listener: ConnectionListener, signal: AbortSignal): Promise<boolean> {
  const attempt = new AbortController()
  const silence = new Silence(() => attempt.abort())
  let status: number | null = null
  let opened = false
  try {
    const headers = { accept: 'text/event-stream' }
    const response = await fetch(url, { headers, signal: AbortSignal.any([signal, attempt.signal]) })
    status = response.status
    if (!response.ok || response.body === null) return false
    opened = true
    listener.opened()
    let rest = ''
    for await (const chunk of chunksOf(response.body.pipeThrough(new TextDecoderStream()))) {
      silence.broken()
      listener.heard()
      const read = readEvents(rest, chunk)
      rest = read.rest
      for (const event of read.data.map(parseLiveEvent)) if (event !== null) listener.event(event)
    }
  } catch (error) {
    // A lost line is what this loop is for; anything else is a mistake of ours and must be seen.
    if (!(error instanceof TypeError) && !(error instanceof DOMException)) throw error
  } finally {
    silence.end()
    if (!signal.aborted) listener.lost(status === 200 ? null : status)
  }
  return opened
}

async function* chunksOf(stream: ReadableStream<string>): AsyncGenerator<string> {
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}

/** Calls back when nothing broke the silence for too long. */
class Silence {
  #timer: ReturnType<typeof setTimeout>
  readonly #fallen: () => void

  constructor(fallen: () => void) {
    this.#fallen = fallen
    this.#timer = setTimeout(fallen, silenceMs)
  }

  broken(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.#fallen, silenceMs)
  }

  end(): void {
    clearTimeout(this.#timer)
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })
}
