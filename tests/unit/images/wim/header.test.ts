import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compressionOf, decodeHeader, headerBytes, type WimHeader } from '../../../../images/wim/header.ts'
import { encodeHeader } from '../../../wim-header.ts'
import { MalformedWim } from '../../../../images/wim/malformed-wim.ts'
import { runs } from '../../property-runs.ts'

const size = fc.integer({ min: 0, max: 2 ** 40 })
const entry = fc.record({
  sizeBytes: size,
  flags: fc.integer({ min: 0, max: 255 }),
  offset: size,
  originalSizeBytes: size,
})
const u32 = fc.integer({ min: 0, max: 0xffff_ffff })
const header: fc.Arbitrary<WimHeader> = fc
  .record({
    pipable: fc.boolean(),
    version: fc.constantFrom(0x10d00, 0xe00),
    flags: u32,
    chunkSizeBytes: u32,
    guid: fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('hex')),
    parts: fc.tuple(fc.integer({ min: 1, max: 65_535 }), fc.integer({ min: 1, max: 65_535 })),
    imageCount: u32,
    blobTable: entry,
    xmlData: entry,
    bootMetadata: entry,
    bootIndex: u32,
    integrity: entry,
  })
  .map(({ parts: [a, b], ...rest }) => ({ ...rest, partNumber: Math.min(a, b), totalParts: Math.max(a, b) }))

const plain: WimHeader = {
  pipable: false,
  version: 0x10d00,
  flags: 0x4_0082,
  chunkSizeBytes: 32_768,
  guid: '00112233445566778899aabbccddeeff',
  partNumber: 1,
  totalParts: 1,
  imageCount: 11,
  blobTable: { sizeBytes: 50, flags: 2, offset: 1000, originalSizeBytes: 50 },
  xmlData: { sizeBytes: 20, flags: 2, offset: 1050, originalSizeBytes: 20 },
  bootMetadata: { sizeBytes: 0, flags: 0, offset: 0, originalSizeBytes: 0 },
  bootIndex: 0,
  integrity: { sizeBytes: 0, flags: 0, offset: 0, originalSizeBytes: 0 },
}

function spoiled(at: number, value: number): Uint8Array {
  const bytes = encodeHeader(plain)
  new DataView(bytes.buffer).setUint16(at, value, true)
  return bytes
}

describe('WIM header', () => {
  test('comes back as it was written', () => {
    fc.assert(
      fc.property(header, (value) => {
        expect(decodeHeader(encodeHeader(value))).toEqual(value)
      }),
    )
  })

  test('answers any bytes with a header or MalformedWim', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .tuple(fc.constantFrom('MSWIM\0\0\0', 'WLPWM\0\0\0'), fc.uint8Array({ maxLength: 300 }))
        .map(([magic, rest]) => Buffer.concat([Buffer.from(magic), rest])),
      fc
        .tuple(fc.integer({ min: 0, max: headerBytes - 2 }), fc.integer({ min: 0, max: 0xffff }))
        .map(([at, value]) => spoiled(at, value)),
    )
    fc.assert(
      fc.property(bytes, (input) => {
        try {
          decodeHeader(input)
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedWim)
        }
      }),
      { numRuns: runs(2000) },
    )
  })

  test.each([
    ['the magic', 0, 0x4142, 'magic'],
    ['the header size', 8, 209, 'headerSize'],
    ['an unknown version', 12, 0x1111, 'version'],
    ['part 0', 40, 0, 'partNumber'],
    ['part 2 of 1', 40, 2, 'partNumber'],
    ['no parts at all', 42, 0, 'totalParts'],
    ['a size beyond every disk', 54, 0x00ff, 'blobTable'],
  ])('names the field when %s is wrong', (_what, at, value, field) => {
    expect(() => decodeHeader(spoiled(at, value))).toThrow(expect.objectContaining({ field }))
  })

  test('is cut short below 208 bytes', () => {
    expect(() => decodeHeader(encodeHeader(plain).subarray(0, 207))).toThrow(
      expect.objectContaining({ field: 'header', offset: 207 }),
    )
  })

  test.each([
    [0x80, 'none'],
    [0x2_0082, 'xpress'],
    [0x4_0082, 'lzx'],
    [0x8_0082, 'lzms'],
  ] as const)('flags %i mean %s', (flags, compression) => {
    expect(compressionOf({ ...plain, flags })).toBe(compression)
  })
})
