import { penaltyOf } from './qr-penalty.ts'

/** True is dark; `modules[row][column]`. */
export type Modules = readonly (readonly boolean[])[]

/** A module before drawing is done: function patterns are fixed, the rest is masked. */
type Grid = (boolean | null)[][]

/** ISO/IEC 18004 table 10. */
const masks: readonly ((row: number, column: number) => boolean)[] = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (_row, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
]

/** Draws the symbol of version 1 to 6 with the mask that scanners like best. */
export function drawSymbol(version: number, codewords: readonly number[]): Modules {
  const drawn = masks.map((isInverted, mask) => {
    const grid = functionPatterns(version)
    placeFormat(grid, mask)
    return placeData(grid, codewords, isInverted)
  })
  return drawn.reduce((best, candidate) => (penaltyOf(candidate) < penaltyOf(best) ? candidate : best))
}

function functionPatterns(version: number): Grid {
  const size = 17 + version * 4
  const grid: Grid = Array.from({ length: size }, () => Array.from({ length: size }, () => null))
  for (let at = 8; at < size - 8; at += 1) {
    set(grid, 6, at, at % 2 === 0)
    set(grid, at, 6, at % 2 === 0)
  }
  for (const [row, column] of [
    [3, 3],
    [3, size - 4],
    [size - 4, 3],
  ] as const) {
    square(grid, row, column, 4, (distance) => distance !== 2 && distance !== 4)
  }
  // Versions 2 to 6 have one alignment pattern that is not under a finder pattern.
  if (version > 1) square(grid, size - 7, size - 7, 2, (distance) => distance !== 1)
  return grid
}

function square(grid: Grid, row: number, column: number, radius: number, isDark: (distance: number) => boolean): void {
  for (let down = -radius; down <= radius; down += 1) {
    for (let right = -radius; right <= radius; right += 1) {
      set(grid, row + down, column + right, isDark(Math.max(Math.abs(down), Math.abs(right))))
    }
  }
}

function set(grid: Grid, row: number, column: number, dark: boolean): void {
  const line = grid[row]
  if (line !== undefined && column >= 0 && column < line.length) line[column] = dark
}

/** §7.9: level L (01) and the mask, protected by a BCH code, twice; and the one module that is always dark. */
function placeFormat(grid: Grid, mask: number): void {
  const size = grid.length
  const data = (0b01 << 3) | mask
  let remainder = data
  for (let step = 0; step < 10; step += 1) remainder = (remainder << 1) ^ ((remainder >> 9) * 0x537)
  const format = ((data << 10) | remainder) ^ 0x5412
  for (let bit = 0; bit < 15; bit += 1) {
    const dark = ((format >> bit) & 1) === 1
    // Around the upper left finder, passing over the timing patterns.
    if (bit < 8) set(grid, bit < 6 ? bit : bit + 1, 8, dark)
    else set(grid, 8, bit === 8 ? 7 : 14 - bit, dark)
    // Beside the other two.
    if (bit < 8) set(grid, 8, size - 1 - bit, dark)
    else set(grid, size - 15 + bit, 8, dark)
  }
  set(grid, size - 8, 8, true)
}

/** §7.7.3: pairs of columns from the right, up and down in turn, passing over the vertical timing pattern. */
function placeData(
  grid: Grid,
  codewords: readonly number[],
  isInverted: (row: number, column: number) => boolean,
): Modules {
  const size = grid.length
  let bit = 0
  let isUpward = true
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5
    for (let step = 0; step < size; step += 1) {
      const row = isUpward ? size - 1 - step : step
      for (const column of [right, right - 1]) {
        if (grid[row]?.[column] !== null) continue
        const dark = (((codewords[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1
        set(grid, row, column, dark !== isInverted(row, column))
        bit += 1
      }
    }
    isUpward = !isUpward
  }
  return grid.map((line) => line.map((module) => module === true))
}
