import { finished, PassThrough, type Readable } from 'node:stream'

/**
 * Streams a request's body into `take`, and copes with its stopping half-way.
 *
 * A reader that gives up destroys its stream, and with a bare request the connection too: the browser would see a broken
 * line instead of the reason. So the reader gets a stream of its own, and what it leaves is read and thrown away, since a
 * browser reads the answer only once its piece is sent.
 *
 * @throws what `take` throws; the body's own error reaches it through the stream.
 */
export async function withUploadBody<T>(body: Readable, take: (content: Readable) => Promise<T>): Promise<T> {
  const content = new PassThrough({ highWaterMark: 1024 * 1024 })
  finished(body, { writable: false }, (error) => error && content.destroy(error))
  body.pipe(content)
  try {
    return await take(content)
  } finally {
    body.unpipe(content)
    body.resume()
  }
}
