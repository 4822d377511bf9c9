import { MalformedWim } from './malformed-wim.ts'

/** One file of an image: its path with `/`, and the SHA-1 that the blob table knows its bytes by, in hexadecimal. */
export type WimFile = { readonly path: string; readonly sha1: string }

const entryBytes = 102
const directory = 0x10
const mostFiles = 100_000
const deepest = 32

/**
 * Reads the tree of an image from its metadata, unpacked ("Windows Imaging File Format", §"Metadata resource"). Security
 * descriptors come first, their length in the first four bytes; entries follow, aligned to 8:
 *
 *    0         8            16             …  64       …  98           100          102
 *   ┌────────┬────────────┬──────────────┬──┬────────┬──┬────────────┬────────────┬──────
 *   │ length │ attributes │ children at  │  │ SHA-1  │  │ short name │ name bytes │ name
 *   └────────┴────────────┴──────────────┴──┴────────┴──┴────────────┴────────────┴──────
 *
 * A list of children ends at a length of 0. Streams beside the unnamed one are passed over.
 *
 * @throws MalformedWim when an entry lies outside, or the tree is deeper or larger than an update's could be
 */
export function decodeDirectoryTree(metadata: Uint8Array): readonly WimFile[] {
  const view = new DataView(metadata.buffer, metadata.byteOffset, metadata.byteLength)
  if (metadata.length < 8) throw new MalformedWim('metadata', 0, 'cut short')
  const files: WimFile[] = []
  let seen = 0

  const readList = (start: number, path: readonly string[]): void => {
    for (let at = start; ;) {
      if (at + 8 > metadata.length) throw new MalformedWim('entry', at, 'outside')
      const length = Number(view.getBigUint64(at, true))
      // Below the smallest entry: the end of the list.
      if (length <= 8) return
      if (length < entryBytes || at + length > metadata.length) throw new MalformedWim('entry', at, 'outside')
      seen += 1
      if (seen > mostFiles) throw new MalformedWim('entry', at, 'too many')
      readEntry(at, path)
      at = next(at, length)
    }
  }

  const readEntry = (at: number, path: readonly string[]): void => {
    const nameBytes = view.getUint16(at + 100, true)
    if (at + entryBytes + nameBytes > metadata.length) throw new MalformedWim('name', at + 100, 'outside')
    const name = new TextDecoder('utf-16le').decode(metadata.subarray(at + entryBytes, at + entryBytes + nameBytes))
    const here = name === '' ? path : [...path, name]
    const children = Number(view.getBigUint64(at + 16, true))
    if ((view.getUint32(at + 8, true) & directory) === 0) {
      files.push({ path: here.join('/'), sha1: Buffer.from(metadata.subarray(at + 64, at + 84)).toString('hex') })
    } else if (children !== 0) {
      if (here.length >= deepest) throw new MalformedWim('entry', at, 'too deep')
      readList(children, here)
    }
  }

  /** Named streams of an entry follow it: each is its length (8), 8 unused, SHA-1 (20), name length (2), name. */
  const next = (at: number, length: number): number => {
    let end = aligned(at + length)
    for (let left = view.getUint16(at + 96, true); left > 0; left -= 1) {
      if (end + 8 > metadata.length) throw new MalformedWim('stream', end, 'outside')
      const bytes = Number(view.getBigUint64(end, true))
      if (bytes < 8) throw new MalformedWim('stream', end, 'no length')
      end = aligned(end + bytes)
    }
    return end
  }

  const root = aligned(Math.max(8, view.getUint32(0, true)))
  if (root + entryBytes > metadata.length) throw new MalformedWim('root', root, 'outside')
  readEntry(root, [])
  return files
}

function aligned(at: number): number {
  return Math.ceil(at / 8) * 8
}
