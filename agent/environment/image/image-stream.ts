import type { Hash } from 'node:crypto'
import type { Readable, Writable } from 'node:stream'

/** How much may wait for the program: enough that the network does not stop while it writes small files. */
const waitingBytes = 8 * 1024 * 1024

export type StreamOptions = {
  /** Fed with every byte, in order. Read its digest after the promise resolves. */
  readonly hash: Hash
  /** Told after each piece (of at most 64 KiB) how many bytes came in all; keep it cheap. */
  readonly onBytes?: (bytes: number) => void
  /** Abort it when the program ends with a failure: nothing else stops the rest from being fetched and hashed. */
  readonly signal?: AbortSignal
}

/**
 * Sends an image from an HTTP response into a program's standard input, hashing on the way; nothing lies on a disk, or
 * whole in memory.
 *
 * wimlib stops reading after the last file: table, XML and second header at the end of a pipable WIM are not for it.
 * So a program that closes its input is no failure here. The rest is still fetched, for the hash is of all of it; whether
 * the program did its work, its exit code says.
 *
 * @param response - the body, as `http.get` gives it
 * @param stdin - of `wimlib-imagex apply - 1 …`; it is ended when the body is
 * @returns bytes received, once all were hashed and the program has taken what it wanted
 * @throws the response's error when the network breaks ("aborted", ECONNRESET), any error of `stdin` but EPIPE, the
 * signal's reason. Both streams are then destroyed.
 */
export async function streamInto(response: Readable, stdin: Writable, options: StreamOptions): Promise<number> {
  const { hash, onBytes, signal } = options
  const program = new ProgramInput(stdin)
  const stop = (): void => {
    response.destroy()
    stdin.destroy()
  }
  signal?.addEventListener('abort', stop, { once: true })
  try {
    signal?.throwIfAborted()
    let bytes = 0
    const pieces: AsyncIterable<Buffer> = response
    for await (const piece of pieces) {
      // The program first: it unpacks this piece while we hash it.
      const taken = program.take(piece)
      hash.update(piece)
      bytes += piece.length
      onBytes?.(bytes)
      await taken
    }
    signal?.throwIfAborted()
    await program.end()
    return bytes
  } catch (error) {
    stop()
    throw signal?.aborted === true ? signal.reason : error
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

/** A program's standard input that may close when it has read enough. */
class ProgramInput {
  readonly #stdin: Writable
  readonly #closed = Promise.withResolvers<undefined>()
  #failure: Error | undefined
  #isOpen = true
  #room = Promise.withResolvers<undefined>()

  constructor(stdin: Writable) {
    this.#stdin = stdin
    stdin.on('error', (error) => {
      if (!('code' in error) || error.code !== 'EPIPE') this.#failure = error
      this.#close()
    })
    stdin.once('close', () => this.#close())
  }

  /** Takes a piece; resolves as soon as another may come. */
  async take(piece: Buffer): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure
    if (!this.#isOpen) return
    this.#stdin.write(piece, () => {
      if (this.#stdin.writableLength < waitingBytes) this.#room.resolve(undefined)
    })
    while (this.#isOpen && this.#stdin.writableLength >= waitingBytes) {
      this.#room = Promise.withResolvers()
      await this.#room.promise
    }
  }

  async end(): Promise<void> {
    if (this.#isOpen) this.#stdin.end(() => this.#close())
    await this.#closed.promise
    if (this.#failure !== undefined) throw this.#failure
  }

  #close(): void {
    this.#isOpen = false
    this.#room.resolve(undefined)
    this.#closed.resolve(undefined)
  }
}
