import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  MalformedFont,
  decodeFont,
  doubleFont,
  drawGlyph,
  encodeFont,
} from '../../../../agent/boot-image/console-font.ts'
import type { ConsoleFont } from '../../../../agent/boot-image/console-font.ts'
import { addScreenGlyphs } from '../../../../agent/boot-image/screen-glyphs.ts'

/** A font of `count` glyphs for the code points from `first` on. */
function fontOf(width: number, height: number, count: number, first = 0x20): ConsoleFont {
  const glyphs = Array.from({ length: count }, (_, index) =>
    drawGlyph(width, height, (x, y) => (x + y + index) % 3 === 0),
  )
  return { width, height, glyphs, codePoints: Array.from({ length: count }, (_, index) => [first + index]) }
}

describe('console fonts', () => {
  test('come back from their bytes as they were', () => {
    const shape = fc.record({ width: fc.integer({ min: 1, max: 32 }), height: fc.integer({ min: 1, max: 40 }) })
    fc.assert(
      fc.property(shape, fc.integer({ min: 1, max: 40 }), ({ width, height }, count) => {
        const font = fontOf(width, height, count)
        expect(decodeFont(encodeFont(font))).toEqual(font)
      }),
    )
  })

  test('read the older format, whose table has 16-bit units and sequences after 0xFFFE', () => {
    const header = Uint8Array.of(0x36, 0x04, 0x02, 1)
    const glyphs = new Uint8Array(256).fill(0x81)
    const units = [0x41, 0x391, 0xfffe, 0x41, 0x301, 0xffff, 0x42, 0xffff]
    const font = decodeFont(Buffer.concat([header, glyphs, Buffer.from(Uint16Array.from(units).buffer)]))
    expect([font.width, font.height, font.glyphs.length]).toEqual([8, 1, 256])
    expect(font.codePoints.slice(0, 3)).toEqual([[0x41, 0x391], [0x42], []])
  })

  test('refuse any other bytes with a typed error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => decodeFont(bytes)).toThrow(MalformedFont)
      }),
    )
  })

  test('are doubled pixel by pixel', () => {
    const doubled = doubleFont({ width: 8, height: 1, glyphs: [Uint8Array.of(0b10100001)], codePoints: [[0x41]] })
    expect([doubled.width, doubled.height]).toEqual([16, 2])
    expect(doubled.glyphs[0]).toEqual(Uint8Array.of(0b11001100, 0b00000011, 0b11001100, 0b00000011))
  })
})

describe('the glyphs of the screen', () => {
  const cyrillic = fontOf(8, 16, 96, 0x410)
  const latin = fontOf(8, 16, 95)
  const font = {
    ...latin,
    glyphs: [...latin.glyphs, ...cyrillic.glyphs],
    codePoints: [...latin.codePoints, ...cyrillic.codePoints],
  }
  const extended = addScreenGlyphs(font)
  const glyphOf = (sign: string) =>
    extended.glyphs[extended.codePoints.findIndex((points) => points.includes(sign.codePointAt(0) ?? 0))]

  test('take the place of letters French and English do not use, so that the font does not grow', () => {
    expect(extended.glyphs.length).toBe(font.glyphs.length)
    expect(extended.codePoints.slice(1, 95)).toEqual(latin.codePoints.slice(1))
    expect(extended.glyphs.slice(0, 95)).toEqual(latin.glyphs)
  })

  test.each([
    ['▀', 0xff, 0x00],
    ['▄', 0x00, 0xff],
    ['▌', 0xf0, 0xf0],
    ['▐', 0x0f, 0x0f],
  ])('draw %s, of which QR codes and bars are made, to the pixel', (sign, upper, lower) => {
    expect(glyphOf(sign)).toEqual(Uint8Array.from({ length: 16 }, (_, row) => (row < 8 ? upper : lower)))
  })

  test('show the narrow no-break space of French as a space', () => {
    expect(extended.codePoints[0]).toContain(0x202f)
  })

  test('refuse a font without room, instead of losing letters', () => {
    expect(() => addScreenGlyphs(latin)).toThrow(RangeError)
  })
})
