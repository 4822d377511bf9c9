import type { Modules } from './qr-symbol.ts'

/** ISO/IEC 18004 §7.8.3.1: the lower, the less the symbol looks like its own finder patterns or like a smooth surface. */
export function penaltyOf(modules: Modules): number {
  const columns = modules.map((_, column) => modules.map((row) => row[column] ?? false))
  const lines = [...modules, ...columns]
  return total(lines.map((line) => runs(line) + finders(line))) + blocks(modules) + balance(modules)
}

/** Five or more alike in a line. */
function runs(line: readonly boolean[]): number {
  let penalty = 0
  let length = 0
  let previous: boolean | undefined
  for (const module of line) {
    length = module === previous ? length + 1 : 1
    previous = module
    if (length === 5) penalty += 3
    else if (length > 5) penalty += 1
  }
  return penalty
}

/** What a scanner would take for a finder pattern: 1:1:3:1:1 with four light modules before or after. */
function finders(line: readonly boolean[]): number {
  const text = line.map((module) => (module ? '1' : '0')).join('')
  return 40 * [...text.matchAll(/(?=10111010000|00001011101)/g)].length
}

/** 2×2 alike. */
function blocks(modules: Modules): number {
  return total(
    modules.slice(1).map((row, index) => {
      const above = modules[index] ?? []
      const alike = row.filter(
        (module, column) =>
          column > 0 && module === row[column - 1] && module === above[column] && module === above[column - 1],
      )
      return 3 * alike.length
    }),
  )
}

/** How far the dark ones are from half, in steps of five percent. */
function balance(modules: Modules): number {
  const all = modules.flat()
  const percent = (all.filter(Boolean).length * 100) / all.length
  return 10 * Math.floor(Math.abs(percent - 50) / 5)
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
