import { drawGlyph } from './console-font.ts'
import type { ConsoleFont } from './console-font.ts'

/** Whether the point (0..1 from the left, 0..1 from the top) of a cell is lit; `thickness` is that of a stroke of the font. */
type Shape = (x: number, y: number, thickness: number) => boolean

/**
 * What the agent's screen draws with and Debian's console fonts lack: half blocks (two QR code modules a cell), eighths for
 * progress bars, quadrants, and a few signs.
 */
const shapes: Readonly<Record<string, Shape>> = {
  '▀': (_x, y) => y < 0.5,
  '▄': (_x, y) => y >= 0.5,
  '▌': (x) => x < 0.5,
  '▐': (x) => x >= 0.5,
  ...Object.fromEntries(
    Array.from('▁▂▃▅▆▇', (sign, index): [string, Shape] => [sign, bottom([1, 2, 3, 5, 6, 7][index] ?? 0)]),
  ),
  ...Object.fromEntries(
    Array.from('▏▎▍▋▊▉', (sign, index): [string, Shape] => [sign, left([1, 2, 3, 5, 6, 7][index] ?? 0)]),
  ),
  '▖': (x, y) => x < 0.5 && y >= 0.5,
  '▗': (x, y) => x >= 0.5 && y >= 0.5,
  '▘': (x, y) => x < 0.5 && y < 0.5,
  '▝': (x, y) => x >= 0.5 && y < 0.5,
  '▚': (x, y) => x < 0.5 === y < 0.5,
  '▞': (x, y) => x < 0.5 !== y < 0.5,
  '▙': (x, y) => x < 0.5 || y >= 0.5,
  '▛': (x, y) => x < 0.5 || y < 0.5,
  '▜': (x, y) => x >= 0.5 || y < 0.5,
  '▟': (x, y) => x >= 0.5 || y >= 0.5,
  '✓': strokes([0.08, 0.55, 0.36, 0.72], [0.36, 0.72, 0.92, 0.28]),
  '✗': strokes([0.12, 0.3, 0.88, 0.72], [0.88, 0.3, 0.12, 0.72]),
  '⚠': strokes(
    [0.5, 0.22, 0.04, 0.76],
    [0.5, 0.22, 0.96, 0.76],
    [0.04, 0.76, 0.96, 0.76],
    [0.5, 0.42, 0.5, 0.58],
    [0.5, 0.68, 0.5, 0.69],
  ),
  '○': (x, y, thickness) => Math.abs(Math.hypot(x - 0.5, (y - 0.52) * 2) - 0.38) < thickness / 1.6,
}

function bottom(eighths: number): Shape {
  return (_x, y) => y >= 1 - eighths / 8
}

function left(eighths: number): Shape {
  return (x) => x < eighths / 8
}

/** Lines between pairs of points; cells are twice as high as wide, so heights count double. */
function strokes(...lines: readonly (readonly [number, number, number, number])[]): Shape {
  return (x, y, thickness) =>
    lines.some(([x1, y1, x2, y2]) => distance(x, y * 2, x1, y1 * 2, x2, y2 * 2) <= thickness / 2)
}

function distance(x: number, y: number, x1: number, y1: number, x2: number, y2: number): number {
  const length = (x2 - x1) ** 2 + (y2 - y1) ** 2
  const along = Math.max(0, Math.min(1, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length))
  return Math.hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1))
}

/**
 * Puts the missing glyphs in the place of letters French and English never use (a console font has at most 512 glyphs), and maps
 * the narrow no-break space to the space when the font lacks it.
 */
export function addScreenGlyphs(font: ConsoleFont): ConsoleFont {
  const known = new Set(font.codePoints.flat())
  const missing = Object.entries(shapes).filter(([sign]) => !known.has(sign.codePointAt(0) ?? 0))
  const glyphs = [...font.glyphs]
  const codePoints = font.codePoints.map((points) => [...points])
  const free = codePoints.flatMap((points, index) => (points.length > 0 && points.every(isReplaceable) ? [index] : []))
  missing.forEach(([sign, shape], index) => {
    const place = free[index]
    if (place === undefined) throw new RangeError(`The font has no room for ${sign}`)
    glyphs[place] = drawShape(font, shape)
    codePoints[place] = [sign.codePointAt(0) ?? 0]
  })
  if (!known.has(0x202f)) codePoints.find((points) => points.includes(0x20))?.push(0x202f)
  return { ...font, glyphs, codePoints }
}

/** Latin of Central Europe's rarer letters, Vietnamese, Greek, Cyrillic, Hebrew... */
function isReplaceable(codePoint: number): boolean {
  return codePoint >= 0x0180 && codePoint < 0x1f00
}

function drawShape({ width, height }: ConsoleFont, shape: Shape): Uint8Array {
  const thickness = width >= 16 ? 0.15 : 0.2
  return drawGlyph(width, height, (column, row) => shape((column + 0.5) / width, (row + 0.5) / height, thickness))
}
