import { readerWithin, type PositionalReader } from '../positional-reader.ts'
import { decodeBlobTable, type Blob } from './blob-table.ts'
import { decodeDirectoryTree } from './directory-tree.ts'
import { compressionOf, decodeHeader, headerBytes, type WimCompression, type WimHeader } from './header.ts'
import { MalformedWim } from './malformed-wim.ts'
import { resourceFlags, type ResourceEntry } from './resource-entry.ts'

/** The files of a WIM's first image, or how it is packed where that is a packing we leave to wimlib. */
export type WimFiles =
  | { readonly read: true; readonly files: readonly PlacedFile[] }
  | { readonly read: false; readonly compression: WimCompression }

/** `content` is null for a file whose bytes are packed, empty, or not in this file. */
export type PlacedFile = { readonly path: string; readonly content: PositionalReader | null }

const longestTable = 64 * 1024 * 1024

/**
 * Reads which files a WIM holds whose metadata is not packed, as that of update packages: what they hold is packed
 * already.
 *
 * @throws MalformedWim
 */
export async function readWimFiles(reader: PositionalReader): Promise<WimFiles> {
  const header = await headerOf(reader)
  const compression = compressionOf(header)
  if (isPacked(header.blobTable)) return { read: false, compression }
  const blobs = decodeBlobTable(await bytesOf(reader, header.blobTable, 'blobTable'))
  const metadata = blobs.find(({ resource, references }) => has(resource, resourceFlags.metadata) && references > 0)
  if (metadata === undefined) throw new MalformedWim('metadata', header.blobTable.offset, 'no image')
  if (isPacked(metadata.resource)) return { read: false, compression }
  const places = new Map(blobs.map((blob) => [blob.sha1, blob]))
  const files = decodeDirectoryTree(await bytesOf(reader, metadata.resource, 'metadata'))
  return { read: true, files: files.map(({ path, sha1 }) => ({ path, content: contentOf(reader, places.get(sha1)) })) }
}

async function headerOf(reader: PositionalReader): Promise<WimHeader> {
  const header = decodeHeader(await reader.read(0, headerBytes))
  return header.pipable ? decodeHeader(await reader.read(reader.sizeBytes - headerBytes, headerBytes)) : header
}

function contentOf(reader: PositionalReader, blob: Blob | undefined): PositionalReader | null {
  if (blob === undefined || isPacked(blob.resource) || blob.resource.sizeBytes === 0) return null
  return readerWithin(reader, blob.resource.offset, blob.resource.sizeBytes)
}

async function bytesOf(
  reader: PositionalReader,
  { offset, sizeBytes }: ResourceEntry,
  field: string,
): Promise<Uint8Array> {
  if (sizeBytes > longestTable) throw new MalformedWim(field, offset, `${sizeBytes} bytes`)
  const bytes = await reader.read(offset, sizeBytes)
  if (bytes.length < sizeBytes) throw new MalformedWim(field, offset, 'beyond the end of the file')
  return bytes
}

function isPacked(resource: ResourceEntry): boolean {
  return has(resource, resourceFlags.compressed) || has(resource, resourceFlags.solid)
}

function has({ flags }: ResourceEntry, flag: number): boolean {
  return (flags & flag) !== 0
}
