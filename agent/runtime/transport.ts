import type { ClientRequest, IncomingMessage } from 'node:http'
import { request as httpsRequest, type RequestOptions } from 'node:https'
import { rangeFrom } from '../protocol/byte-range.ts'
import type { PinnedServer } from '../protocol/pinned-server.ts'
import { ServerKeyError } from './connection-errors.ts'
import { PinnedAgent } from './pinned-agent.ts'

/** The server could not be reached, or broke off: nothing is known about what it did with the request. */
export class TransportError extends Error {
  override readonly name = 'TransportError'
}

export type Answer = { status: number; body: unknown }

export type Request = {
  method: 'GET' | 'POST'
  /** Relative to the server's address. */
  path: string
  bearer?: string
  body?: unknown
  /** How long the connection may be silent. */
  silenceMs: number
  signal: AbortSignal
}

export type Transport = {
  /**
   * One JSON request. Any status is an answer; throws `TransportError` without one, `ServerKeyError` when somebody else is
   * there, the signal's reason when cancelled.
   */
  send(request: Request): Promise<Answer>
  /** A download from byte `offset` on (RFC 9110 §14.2); the answer's status and body are the caller's to read. */
  open(request: Omit<Request, 'method' | 'body'> & { offset: number }): Promise<IncomingMessage>
  close(): void
}

/** No answer of our server is longer than this. */
const longestAnswer = 8 * 1024 * 1024

/**
 * HTTP over TLS to one server that is known by its key. It is `node:https` and not `fetch`, because the agent in Windows
 * is tested under Wine, where `fetch` does not work.
 */
export function openTransport({ url, pin }: PinnedServer): Transport {
  const agent = new PinnedAgent(pin)
  const start = (request: Omit<Request, 'body'>, headers: Record<string, string | number>): ClientRequest => {
    const options: RequestOptions = {
      agent,
      method: request.method,
      signal: request.signal,
      headers: {
        ...headers,
        ...(request.bearer === undefined ? {} : { authorization: `Bearer ${request.bearer}` }),
      },
    }
    const sent = httpsRequest(new URL(request.path, url), options)
    sent.setTimeout(request.silenceMs, () => sent.destroy(new TransportError(`silent for ${request.silenceMs} ms`)))
    return sent
  }
  return {
    send: async ({ body, ...request }) => {
      const text = body === undefined ? null : Buffer.from(JSON.stringify(body, withoutNul))
      const headers = text === null ? {} : { 'content-type': 'application/json', 'content-length': text.length }
      const sent = start(request, { accept: 'application/json', ...headers })
      return guarded(request.signal, async () => {
        const response = await answerTo(sent, text)
        return { status: response.statusCode ?? 0, body: parseJson(await textOf(response)) }
      })
    },
    open: async ({ offset, ...request }) => {
      const sent = start({ ...request, method: 'GET' }, offset > 0 ? { range: rangeFrom(offset) } : {})
      return guarded(request.signal, () => answerTo(sent, null))
    },
    close: () => agent.destroy(),
  }
}

/**
 * For JSON.stringify: texts without U+0000, which the server refuses. Firmware pads its texts with it, and programs of
 * Windows print it between the letters of UTF-16: neither may make a machine's every hello or report a refused one.
 */
export function withoutNul(_key: string, value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '') : value
}

/** Tells a cancelled request from a broken one. Node tells a request of its end only once it has a socket; we do not wait. */
async function guarded<Value>(signal: AbortSignal, attempt: () => Promise<Value>): Promise<Value> {
  const cancelled = Promise.withResolvers<never>()
  const cancel = (): void => cancelled.reject(signal.reason)
  signal.addEventListener('abort', cancel, { once: true })
  if (signal.aborted) cancel()
  try {
    return await Promise.race([attempt(), cancelled.promise])
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof TransportError || error instanceof ServerKeyError) throw error
    throw new TransportError(error instanceof Error ? error.message : String(error), { cause: error })
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

function answerTo(sent: ClientRequest, body: Buffer | null): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    sent.once('response', resolve)
    // Stays after the answer: a connection that breaks later also ends here, and must not end the program.
    sent.on('error', reject)
    if (body === null) sent.end()
    else sent.end(body)
  })
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response) {
    if (!(chunk instanceof Buffer)) continue
    length += chunk.length
    if (length > longestAnswer) throw new TransportError('the answer is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** A proxy's HTML error page is an answer too: its body is then undefined. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
