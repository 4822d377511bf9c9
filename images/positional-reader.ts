/**
 * A file that is read in pieces, wherever it lies: who has opened it passes this in, since formats open nothing
 * themselves. `read` gives the bytes from `offset` on, fewer than asked for only where the file ends.
 */
export type PositionalReader = {
  readonly sizeBytes: number
  read(offset: number, length: number): Promise<Uint8Array>
}

/** Bytes that are in memory already. */
export function readerOf(bytes: Uint8Array): PositionalReader {
  return {
    sizeBytes: bytes.length,
    read: async (offset, length) => bytes.subarray(Math.min(offset, bytes.length), offset + length),
  }
}

/** A file that lies, as it is, inside another one. */
export function readerWithin(outer: PositionalReader, start: number, sizeBytes: number): PositionalReader {
  return {
    sizeBytes,
    read: (offset, length) => outer.read(start + offset, Math.max(0, Math.min(length, sizeBytes - offset))),
  }
}
