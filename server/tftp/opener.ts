import { foldCase } from './file-name.ts'
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

type Content = Uint8Array | string | undefined

/**
 * Files that exist only while they are asked for, such as a `grub.cfg` rendered for one client.
 *
 * @param render is given the path in lower case; `undefined` means there is no such file.
 */
export function virtualFiles(render: (path: string, client: Endpoint) => Content | Promise<Content>): Opener {
  return async (path, client) => {
    const content = await render(foldCase(path), client)
    if (content === undefined) return { kind: 'missing', reason: 'File not found' }
    return fileOfBytes(typeof content === 'string' ? Buffer.from(content) : content)
  }
}

/** Asks one opener after the other until one has the file or refuses it. */
export function firstOf(...openers: readonly Opener[]): Opener {
  return async (path, client) => {
    for (const open of openers) {
      const result = await open(path, client)
      if (result.kind !== 'missing') return result
    }
    return { kind: 'missing', reason: 'File not found' }
  }
}

/** A file whose bytes are in memory. */
export function fileOfBytes(bytes: Uint8Array): OpenFile {
  return {
    kind: 'file',
    sizeBytes: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
    close: () => Promise.resolve(),
  }
}
