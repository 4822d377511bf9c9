import { open, stat, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { decodeBlobTable, endOfBlobs, isSolid, metadataHashes } from '../../../../images/wim/blob-table.ts'
import { decodeDescription, type Edition } from '../../../../images/wim/editions.ts'
import {
  compressionOf,
  decodeHeader,
  headerBytes,
  isMetadataOnly,
  isUnfinished,
  looksLikeWim,
} from '../../../../images/wim/header.ts'
import type { WimCompression, WimHeader } from '../../../../images/wim/header.ts'
import { MalformedWim } from '../../../../images/wim/malformed-wim.ts'
import type { ResourceEntry } from '../../../../images/wim/resource-entry.ts'
import { CatalogueError } from '../problem.ts'
import { isErrno } from '../../files/system-error.ts'

/** What a source holds, read from its header, XML and blob table in a fraction of a second, whatever its size. */
export type Inspection = {
  readonly kind: 'wim' | 'esd'
  readonly sizeBytes: number
  /** When the file was last written, in milliseconds since 1970: with the size, how a change is noticed. */
  readonly modifiedMs: number
  readonly compression: WimCompression
  readonly pipable: boolean
  readonly hasIntegrityTable: boolean
  readonly editions: readonly Edition[]
  /** For each edition's index, the SHA-1 of its metadata: what makes it the same image wherever it comes from. */
  readonly contentSha1: ReadonlyMap<number, string>
}

const largestXmlBytes = 16 * 1024 * 1024
/** 2.7 million files; an install.wim has a tenth of that. */
const largestBlobTableBytes = 128 * 1024 * 1024

/**
 * Looks into a WIM or ESD without unpacking it.
 *
 * @param path - the file
 * @param fileName - how errors call it
 * @throws CatalogueError SOURCE_NOT_FOUND, SOURCE_NOT_A_FILE, WIM_NOT_A_WIM, WIM_TRUNCATED, WIM_DAMAGED, WIM_SPLIT_PART,
 * WIM_ENCRYPTED, WIM_UNFINISHED, WIM_DELTA, WIM_NO_EDITION
 */
export async function inspect(path: string, fileName = basename(path)): Promise<Inspection> {
  const { size, mtimeMs } = await statSource(path)
  const file = await open(path, 'r')
  try {
    return await inspectOpen({ file, sizeBytes: size, fileName }, mtimeMs)
  } catch (error) {
    if (error instanceof MalformedWim) throw new CatalogueError('WIM_DAMAGED', { fileName }, error.message)
    throw error
  } finally {
    await file.close()
  }
}

/** Size and time of a source; throws CatalogueError SOURCE_NOT_FOUND or SOURCE_NOT_A_FILE. */
export async function statSource(path: string): Promise<{ size: number; mtimeMs: number }> {
  const found = await stat(path).catch((error: unknown) => {
    if (['ENOENT', 'EACCES', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'].some((code) => isErrno(error, code))) {
      throw new CatalogueError('SOURCE_NOT_FOUND', { path })
    }
    throw error
  })
  if (!found.isFile()) throw new CatalogueError('SOURCE_NOT_A_FILE', { path })
  return found
}

type OpenSource = { readonly file: FileHandle; readonly sizeBytes: number; readonly fileName: string }

async function inspectOpen(source: OpenSource, modifiedMs: number): Promise<Inspection> {
  const { fileName, sizeBytes } = source
  const header = await readHeader(source)
  if (header.totalParts > 1) {
    throw new CatalogueError('WIM_SPLIT_PART', {
      fileName,
      partNumber: header.partNumber,
      totalParts: header.totalParts,
    })
  }
  // Its table and XML are the last things to be written: without them the file was never finished, whatever its flags say.
  const isEmpty = header.blobTable.sizeBytes === 0 && header.xmlData.sizeBytes === 0
  if (isUnfinished(header) || isEmpty) throw new CatalogueError('WIM_UNFINISHED', { fileName })
  if (isMetadataOnly(header)) throw new CatalogueError('WIM_DELTA', { fileName })
  const xml = await readResource(source, header.xmlData, 'xmlData', largestXmlBytes)
  const { editions, encrypted } = decodeDescription(xml)
  if (encrypted) throw new CatalogueError('WIM_ENCRYPTED', { fileName })
  const blobs = decodeBlobTable(await readResource(source, header.blobTable, 'blobTable', largestBlobTableBytes))
  const end = Math.max(endOfBlobs(blobs), endOf(header.integrity), endOf(header.bootMetadata))
  if (end > sizeBytes) throw new CatalogueError('WIM_TRUNCATED', { fileName, sizeBytes })
  if (editions.length === 0) throw new CatalogueError('WIM_NO_EDITION', { fileName })
  const hashes = metadataHashes(blobs)
  if (editions.length !== header.imageCount || hashes.length !== header.imageCount) {
    throw new MalformedWim('imageCount', 44, `${header.imageCount}, but ${editions.length} in XML`)
  }
  return {
    kind: isSolid(blobs) ? 'esd' : 'wim',
    sizeBytes,
    modifiedMs,
    compression: compressionOf(header),
    pipable: header.pipable,
    hasIntegrityTable: header.integrity.sizeBytes > 0,
    editions,
    contentSha1: new Map(editions.map((edition, place) => [edition.index, hashes[place] ?? ''])),
  }
}

async function readHeader(source: OpenSource): Promise<WimHeader> {
  const { fileName, sizeBytes } = source
  const start = await readBytes(source, 0, Math.min(headerBytes, sizeBytes))
  if (!looksLikeWim(start)) throw new CatalogueError('WIM_NOT_A_WIM', { fileName })
  if (start.length < headerBytes) throw new CatalogueError('WIM_TRUNCATED', { fileName, sizeBytes })
  const first = decodeHeader(start)
  if (!first.pipable) return first
  // A pipable WIM is written front to back: what comes late in it is only known to the header at its end.
  const last = await readBytes(source, sizeBytes - headerBytes, headerBytes)
  if (sizeBytes < 2 * headerBytes || !looksLikeWim(last)) {
    throw new CatalogueError('WIM_TRUNCATED', { fileName, sizeBytes })
  }
  return decodeHeader(last)
}

async function readResource(
  source: OpenSource,
  entry: ResourceEntry,
  field: string,
  limitBytes: number,
): Promise<Uint8Array> {
  if (endOf(entry) > source.sizeBytes) {
    throw new CatalogueError('WIM_TRUNCATED', { fileName: source.fileName, sizeBytes: source.sizeBytes })
  }
  if (entry.sizeBytes === 0) throw new MalformedWim(field, 0, 'absent')
  // Neither is ever compressed by Microsoft's tools or wimlib.
  if (entry.sizeBytes !== entry.originalSizeBytes) throw new MalformedWim(field, 0, 'compressed')
  if (entry.sizeBytes > limitBytes) throw new MalformedWim(field, 0, `${entry.sizeBytes} bytes`)
  return readBytes(source, entry.offset, entry.sizeBytes)
}

async function readBytes({ file, fileName, sizeBytes }: OpenSource, at: number, length: number): Promise<Uint8Array> {
  const bytes = Buffer.alloc(length)
  let have = 0
  while (have < length) {
    const { bytesRead } = await file.read(bytes, have, length - have, at + have)
    if (bytesRead === 0) throw new CatalogueError('WIM_TRUNCATED', { fileName, sizeBytes })
    have += bytesRead
  }
  return bytes
}

function endOf(entry: ResourceEntry): number {
  return entry.sizeBytes === 0 ? 0 : entry.offset + entry.sizeBytes
}
