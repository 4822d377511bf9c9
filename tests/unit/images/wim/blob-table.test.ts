import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeBlobTable, endOfBlobs, isSolid, metadataHashes } from '../../../../images/wim/blob-table.ts'
import { MalformedWim } from '../../../../images/wim/malformed-wim.ts'
import type { ResourceEntry } from '../../../../images/wim/resource-entry.ts'
import { encodeResourceEntry } from '../../../wim-header.ts'

function table(...entries: readonly ResourceEntry[]): Uint8Array {
  const bytes = new Uint8Array(entries.length * 50)
  entries.forEach((entry, place) => {
    encodeResourceEntry(entry, bytes, place * 50)
    bytes[place * 50 + 24] = 1
    bytes[place * 50 + 26] = 1
    bytes.fill(place + 1, place * 50 + 30, place * 50 + 50)
  })
  return bytes
}

test('tells each image by the hash of its metadata, in order', () => {
  const blobs = decodeBlobTable(
    table(
      { sizeBytes: 10, flags: 2, offset: 208, originalSizeBytes: 10 },
      { sizeBytes: 500, flags: 4, offset: 218, originalSizeBytes: 900 },
      { sizeBytes: 10, flags: 6, offset: 718, originalSizeBytes: 20 },
    ),
  )
  expect(metadataHashes(blobs)).toEqual(['01'.repeat(20), '03'.repeat(20)])
  expect(endOfBlobs(blobs)).toBe(728)
  expect(isSolid(blobs)).toBe(false)
})

test('passes over the metadata of a deleted image, to which nothing refers any more', () => {
  const bytes = table(
    { sizeBytes: 10, flags: 2, offset: 208, originalSizeBytes: 10 },
    { sizeBytes: 10, flags: 2, offset: 218, originalSizeBytes: 10 },
  )
  bytes[26] = 0
  expect(metadataHashes(decodeBlobTable(bytes))).toEqual(['02'.repeat(20)])
})

test('counts a solid resource where it lies, and not what is inside it', () => {
  const blobs = decodeBlobTable(
    table(
      { sizeBytes: 4000, flags: 0x10, offset: 208, originalSizeBytes: 0x1_0000_0000 },
      { sizeBytes: 100_000, flags: 0x10, offset: 50_000, originalSizeBytes: 0 },
    ),
  )
  expect(isSolid(blobs)).toBe(true)
  expect(endOfBlobs(blobs)).toBe(4208)
})

test('answers any bytes with blobs or MalformedWim', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
      try {
        expect(decodeBlobTable(bytes)).toHaveLength(bytes.length / 50)
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedWim)
      }
    }),
  )
})
