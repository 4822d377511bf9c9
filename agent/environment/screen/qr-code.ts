import { errorCorrection } from './qr-error-correction.ts'
import { drawSymbol, type Modules } from './qr-symbol.ts'

/**
 * QR codes (ISO/IEC 18004) for one purpose: an address on an 80×25 screen. Byte mode, error correction level L, versions 1
 * to 6, that is up to 134 bytes in at most 41×41 modules.
 */
type Version = { number: number; dataCodewords: number; blocks: number; checkCodewords: number }

/** Table 9 of the standard, level L; all blocks of a version are of the same length. */
const versions: readonly Version[] = [
  { number: 1, dataCodewords: 19, blocks: 1, checkCodewords: 7 },
  { number: 2, dataCodewords: 34, blocks: 1, checkCodewords: 10 },
  { number: 3, dataCodewords: 55, blocks: 1, checkCodewords: 15 },
  { number: 4, dataCodewords: 80, blocks: 1, checkCodewords: 20 },
  { number: 5, dataCodewords: 108, blocks: 1, checkCodewords: 26 },
  { number: 6, dataCodewords: 136, blocks: 2, checkCodewords: 18 },
]

/** Mode indicator 0100 and the 8-bit length of versions 1 to 9. */
const headerBits = 12

/** The dark modules, row by row, without a quiet zone; null when the text is longer than 134 bytes of UTF-8. */
export function encodeQrCode(text: string): Modules | null {
  const bytes = Buffer.from(text, 'utf8')
  const version = versions.find(({ dataCodewords }) => headerBits + bytes.length * 8 <= dataCodewords * 8)
  return version === undefined ? null : drawSymbol(version.number, interleave(dataOf(bytes, version), version))
}

/** §7.4: header, bytes, terminator, padding bits, then EC and 11 in turn. */
function dataOf(bytes: Uint8Array, { dataCodewords }: Version): number[] {
  // The header is a nibble and a byte, so every byte lies across two codewords.
  const nibbles = [4, bytes.length >> 4, bytes.length & 15, ...[...bytes].flatMap((byte) => [byte >> 4, byte & 15]), 0]
  const codewords = Array.from(
    { length: Math.floor(nibbles.length / 2) },
    (_, index) => ((nibbles[index * 2] ?? 0) << 4) | (nibbles[index * 2 + 1] ?? 0),
  )
  const padding = Array.from({ length: dataCodewords - codewords.length }, (_, index) =>
    index % 2 === 0 ? 0xec : 0x11,
  )
  return [...codewords, ...padding]
}

/** §7.6: the blocks' codewords in turn, then their error correction codewords in turn. */
function interleave(data: readonly number[], { blocks, checkCodewords }: Version): number[] {
  const length = data.length / blocks
  const parts = Array.from({ length: blocks }, (_, index) => data.slice(index * length, (index + 1) * length))
  const checks = parts.map((part) => errorCorrection(part, checkCodewords))
  const inTurn = (lists: readonly (readonly number[])[], count: number): number[] =>
    Array.from({ length: count }, (_, index) => lists.map((list) => list[index] ?? 0)).flat()
  return [...inTurn(parts, length), ...inTurn(checks, checkCodewords)]
}
