import type { Endpoint } from './transfer.ts'

/** A file open for reading. `read` gives exactly `length` bytes from `offset`, both inside the file, or rejects. */
export type OpenFile = {
  kind: 'file'
  sizeBytes: number
  read(offset: number, length: number): Promise<Uint8Array>
  close(): Promise<void>
}

export type OpenResult = OpenFile | { kind: 'missing'; reason: string } | { kind: 'refused'; reason: string }

/** Opens what a client asks for. `path` is a result of `mapFileName`, in the client's spelling. */
export type Opener = (path: string, client: Endpoint) => Promise<OpenResult>

/** A file whose bytes are in memory. */
export function fileOfBytes(bytes: Uint8Array): OpenFile {
  return {
    kind: 'file',
    sizeBytes: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
    close: () => Promise.resolve(),
  }
}
