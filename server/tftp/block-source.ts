import type { OpenFile } from './opener.ts'

/** Read in one go: a hundred blocks and more, so that lock step costs no read per block. */
const CHUNK_BYTES = 128 * 1024

type Chunk =
  | { state: 'loading'; done: Promise<void> }
  | { state: 'ready'; bytes: Uint8Array }
  | { state: 'failed'; error: unknown }

/** The blocks of one file, numbered from 1, of which those the client may still want are kept in memory. */
export type BlockSource = {
  /** `count` blocks from `first` (inside the file), or `undefined` while they are being read; reading goes on ahead. */
  blocks(first: number, count: number): Uint8Array[] | undefined
  /** Resolves when those blocks are in memory; rejects when they cannot be read. */
  load(first: number, count: number): Promise<void>
  /** Blocks up to this one will not be asked for again. */
  release(block: number): void
  /** Waits for reads under way and closes the file. */
  close(): Promise<void>
}

/** Reads a file ahead of its client: what follows a window is being read while the window is on the wire. */
export function openBlockSource(file: OpenFile, blockBytes: number): BlockSource {
  const blocksPerChunk = Math.max(1, Math.floor(CHUNK_BYTES / blockBytes))
  const chunkBytes = blocksPerChunk * blockBytes
  const chunkCount = Math.ceil(file.sizeBytes / chunkBytes)
  const chunks = new Map<number, Chunk>()
  let lowestKept = 0

  const chunkOf = (block: number) => Math.floor((block - 1) / blocksPerChunk)

  async function read(index: number): Promise<void> {
    const offset = index * chunkBytes
    const length = Math.min(chunkBytes, file.sizeBytes - offset)
    try {
      const bytes = await file.read(offset, length)
      if (bytes.length !== length) throw new Error(`${bytes.length} bytes were read where ${length} were due`)
      if (index >= lowestKept) chunks.set(index, { state: 'ready', bytes })
    } catch (error) {
      chunks.set(index, { state: 'failed', error })
    }
  }

  function want(first: number, count: number): Chunk[] {
    const wanted: Chunk[] = []
    for (let index = chunkOf(first); index <= Math.min(chunkOf(first + count - 1), chunkCount - 1); index += 1) {
      const chunk = chunks.get(index) ?? { state: 'loading', done: read(index) }
      if (!chunks.has(index)) chunks.set(index, chunk)
      wanted.push(chunk)
    }
    return wanted
  }

  function block(number: number): Uint8Array {
    const chunk = chunks.get(chunkOf(number))
    // The empty block that ends a file of a whole number of chunks has no chunk.
    if (chunk?.state !== 'ready') return new Uint8Array()
    const start = ((number - 1) % blocksPerChunk) * blockBytes
    return chunk.bytes.subarray(start, start + blockBytes)
  }

  return {
    blocks(first, count) {
      const ready = want(first, count).every((chunk) => chunk.state === 'ready')
      if (!ready) return undefined
      want(first + count, count)
      return Array.from({ length: count }, (_, index) => block(first + index))
    },
    async load(first, count) {
      for (const chunk of want(first, count)) if (chunk.state === 'loading') await chunk.done
      const failed = want(first, count).find((chunk) => chunk.state === 'failed')
      if (failed?.state === 'failed') throw failed.error
    },
    release(upTo) {
      const lowest = chunkOf(upTo + 1)
      for (; lowestKept < lowest; lowestKept += 1) chunks.delete(lowestKept)
    },
    async close() {
      for (const chunk of chunks.values()) if (chunk.state === 'loading') await chunk.done
      chunks.clear()
      await file.close()
    },
  }
}
