/**
 * Compares two versions as installers write them, `15.58.4`, `24.09 (x64)`, `v1,2,3,4`: number by number, a missing one
 * counts as 0, what follows the numbers does not count. Null when one of them has no number to compare.
 */
export function compareVersions(one: string, other: string): -1 | 0 | 1 | null {
  const left = numbersOf(one)
  const right = numbersOf(other)
  if (left === null || right === null) return null
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const a = left[at] ?? 0n
    const b = right[at] ?? 0n
    if (a !== b) return a < b ? -1 : 1
  }
  return 0
}

function numbersOf(version: string): bigint[] | null {
  const numbers = /\d+(?:[.,]\d+)*/.exec(version)?.[0]
  return numbers === undefined ? null : numbers.split(/[.,]/).map(BigInt)
}
