import { ServerResponse, type IncomingMessage, type OutgoingHttpHeader, type OutgoingHttpHeaders } from 'node:http'

/**
 * A response that spells `Content-Length` in capitals, where Fastify writes every name small.
 *
 * HTTP does not care (RFC 9110 §5.1), GRUB does: its client compares the name byte for byte (grub-core/net/http.c) and without
 * a length waits for the connection to close, half a minute for each file.
 */
export class SpelledResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
  override setHeader(name: string, value: number | string | readonly string[]): this {
    return super.setHeader(name === 'content-length' ? 'Content-Length' : name, value)
  }

  override writeHead(
    status: number,
    ...rest: Array<string | OutgoingHttpHeaders | OutgoingHttpHeader[] | undefined>
  ): this {
    const [first, second] = rest.map((part) => (isHeaders(part) ? spelled(part) : part))
    if (typeof first === 'string') return super.writeHead(status, first, asHeaders(second))
    return super.writeHead(status, asHeaders(first))
  }
}

type Part = string | OutgoingHttpHeaders | OutgoingHttpHeader[] | undefined

function isHeaders(part: Part): part is OutgoingHttpHeaders {
  return typeof part === 'object' && !Array.isArray(part)
}

function asHeaders(part: Part): OutgoingHttpHeaders | OutgoingHttpHeader[] | undefined {
  return typeof part === 'string' ? undefined : part
}

function spelled({ 'content-length': length, ...others }: OutgoingHttpHeaders): OutgoingHttpHeaders {
  // The name is the same to TypeScript's type of headers only in small letters.
  const capital: Record<string, OutgoingHttpHeader> = length === undefined ? {} : { 'Content-Length': length }
  return { ...others, ...capital }
}
