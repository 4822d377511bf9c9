/** A console font: PC Screen Font, versions 1 and 2 (the format of the Linux console's setfont(8), documented in kbd's doc/font-formats). */
export interface ConsoleFont {
  readonly width: number
  readonly height: number
  /** One bitmap a glyph, rows padded to whole bytes, leftmost pixel in the highest bit. */
  readonly glyphs: readonly Uint8Array[]
  /** The code points each glyph stands for. */
  readonly codePoints: readonly (readonly number[])[]
}

/** Thrown when the bytes are no PSF font. */
export class MalformedFont extends Error {
  override readonly name = 'MalformedFont'
}

/** Reads an uncompressed PSF1 or PSF2 font with its Unicode table; sequences of combining characters are left out. */
export function decodeFont(bytes: Uint8Array): ConsoleFont {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length > 4 && view.getUint16(0, true) === 0x0436) return decodeVersion1(bytes, view)
  if (bytes.length > 32 && view.getUint32(0, true) === 0x864ab572) return decodeVersion2(bytes, view)
  throw new MalformedFont('Not a PSF font: unknown magic number')
}

function decodeVersion1(bytes: Uint8Array, view: DataView): ConsoleFont {
  const [mode, height] = [view.getUint8(2), view.getUint8(3)]
  const count = (mode & 1) === 1 ? 512 : 256
  const codePoints: number[][] = []
  let current: number[] = []
  let inSequence = false
  for (let offset = 4 + count * height; offset + 1 < bytes.length && codePoints.length < count; offset += 2) {
    const unit = view.getUint16(offset, true)
    if (unit === 0xffff) {
      codePoints.push(current)
      current = []
      inSequence = false
    } else if (unit === 0xfffe) inSequence = true
    else if (!inSequence) current.push(unit)
  }
  return { width: 8, height, glyphs: sliceGlyphs(bytes, 4, count, height), codePoints: padded(codePoints, count) }
}

function decodeVersion2(bytes: Uint8Array, view: DataView): ConsoleFont {
  const [headerSize, flags, count, glyphSize, height, width] = [8, 12, 16, 20, 24, 28].map((at) =>
    view.getUint32(at, true),
  )
  if (!headerSize || flags === undefined || !count || !glyphSize || !height || !width)
    throw new MalformedFont('Empty PSF2 header')
  const codePoints: number[][] = []
  let start = headerSize + count * glyphSize
  for (let offset = start; offset < bytes.length && codePoints.length < count; offset += 1) {
    if (bytes[offset] !== 0xff) continue
    const entry = bytes.subarray(start, offset)
    const sequence = entry.indexOf(0xfe)
    const text = new TextDecoder().decode(sequence < 0 ? entry : entry.subarray(0, sequence))
    codePoints.push(Array.from(text, (character) => character.codePointAt(0) ?? 0))
    start = offset + 1
  }
  return {
    width,
    height,
    glyphs: sliceGlyphs(bytes, headerSize, count, glyphSize),
    codePoints: padded(codePoints, count),
  }
}

function sliceGlyphs(bytes: Uint8Array, start: number, count: number, size: number): Uint8Array[] {
  if (start + count * size > bytes.length) throw new MalformedFont('The font ends inside its glyphs')
  return Array.from({ length: count }, (_, index) =>
    Uint8Array.from(bytes.subarray(start + index * size, start + (index + 1) * size)),
  )
}

function padded(codePoints: number[][], count: number): number[][] {
  return [...codePoints, ...Array.from({ length: count - codePoints.length }, (): number[] => [])]
}

/** Writes a PSF2 font with its Unicode table. */
export function encodeFont(font: ConsoleFont): Uint8Array {
  const glyphSize = font.height * Math.ceil(font.width / 8)
  const header = new DataView(new ArrayBuffer(32))
  const fields = [0x864ab572, 0, 32, 1, font.glyphs.length, glyphSize, font.height, font.width]
  fields.forEach((value, index) => header.setUint32(index * 4, value, true))
  const encoder = new TextEncoder()
  const table = font.codePoints.map((points) => [...encoder.encode(String.fromCodePoint(...points)), 0xff])
  return Buffer.concat([new Uint8Array(header.buffer), ...font.glyphs, Uint8Array.from(table.flat())])
}

/** The same font twice as wide and high, for screens on which the largest Terminus is too small to read from a distance. */
export function doubleFont(font: ConsoleFont): ConsoleFont {
  const [width, height] = [font.width * 2, font.height * 2]
  const glyphs = font.glyphs.map((glyph) =>
    drawGlyph(width, height, (column, row) => pixelAt(font, glyph, column >> 1, row >> 1)),
  )
  return { width, height, glyphs, codePoints: font.codePoints }
}

function pixelAt(font: ConsoleFont, glyph: Uint8Array, column: number, row: number): boolean {
  const byte = glyph[row * Math.ceil(font.width / 8) + (column >> 3)] ?? 0
  return (byte & (0x80 >> (column & 7))) !== 0
}

/** A bitmap whose pixels are asked for one by one. */
export function drawGlyph(width: number, height: number, isSet: (column: number, row: number) => boolean): Uint8Array {
  const stride = Math.ceil(width / 8)
  const glyph = new Uint8Array(stride * height)
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      if (isSet(column, row))
        glyph[row * stride + (column >> 3)] = (glyph[row * stride + (column >> 3)] ?? 0) | (0x80 >> (column & 7))
    }
  }
  return glyph
}
