/** Number of letters to add, drop, change or swap to come from one word to the other (Damerau–Levenshtein, restricted). */
function distance(from: string, to: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1]
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      )
      if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1])
        cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1)
      current.push(cost)
    }
    beforeLast = last
    last = current
  }
  return last[to.length] ?? 0
}

/** The allowed word that was most probably meant, or null when none is near. */
export function suggest(word: string, allowed: Iterable<string>): string | null {
  if (word.length > 64) return null
  const lower = word.toLowerCase()
  const furthest = Math.max(1, Math.floor(word.length / 3))
  let best: { word: string; distance: number } | null = null
  for (const candidate of allowed) {
    const steps = distance(lower, candidate.toLowerCase())
    if (steps <= furthest && (best === null || steps < best.distance)) best = { word: candidate, distance: steps }
  }
  return best?.word ?? null
}
