import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { contentRange } from '../../agent/protocol/byte-range.ts'
import { decideRange, type ServedFile } from './file-range.ts'

/** Read in pieces this large, a file costs half the processor time of Node's usual 64 KiB (tests/bench/http-file.bench.ts). */
const pieceBytes = 1024 * 1024

/**
 * Answers a GET or HEAD with a large file: ranges, If-Range, ETag, Last-Modified, 304, 412, 416.
 *
 * @param request - its method and headers decide
 * @param reply - headers set on it before (as Cache-Control) are kept
 * @param file - `etag` without quotes, as the file's SHA-256; `mtime` of what is served
 * @returns the reply: `return sendFile(…)` from an async handler
 * @throws the system's error when the file cannot be opened, before anything is sent
 */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: ServedFile & { readonly path: string; readonly contentType: string },
): Promise<FastifyReply> {
  const decision = decideRange(request.headers, file)
  reply
    .code(decision.status)
    .header('accept-ranges', 'bytes')
    .header('etag', `"${file.etag}"`)
    .header('last-modified', file.mtime.toUTCString())
  if (decision.status === 304 || decision.status === 412) return reply.send()
  if (decision.status === 416) return reply.header('content-range', `bytes */${file.sizeBytes}`).send()
  const { start, end } = decision.status === 206 ? decision : { start: 0, end: file.sizeBytes - 1 }
  if (decision.status === 206) reply.header('content-range', contentRange(start, end, file.sizeBytes))
  reply.type(file.contentType).header('content-length', end - start + 1)
  const handle = await open(file.path, 'r')
  if (request.method === 'HEAD' || file.sizeBytes === 0) {
    await handle.close()
    // An empty stream, for Fastify answers a HEAD without payload with content-length 0.
    return reply.send(Readable.from([]))
  }
  return reply.send(handle.createReadStream({ start, end, highWaterMark: pieceBytes }))
}
