/** How long something takes, from hardly less to hardly more. */
export type Seconds = { least: number; most: number }

/** What never takes the same time twice: what Microsoft published since, and how its servers feel. */
const unsteady: ReadonlySet<string> = new Set(['windows-update'])

/** With so many seen, the middle half of them is what is usual: a night spent in the BIOS does not count. */
const enough = 4

/**
 * How long a step of this type usually takes, by those that were seen; null when none was. Few of them promise little, and
 * of what is unsteady every one counts. Pure.
 */
export function usualTime(type: string, seen: readonly number[]): Seconds | null {
  const sorted = seen.toSorted((a, b) => a - b)
  const [shortest, longest] = [sorted[0], sorted.at(-1)]
  if (shortest === undefined || longest === undefined) return null
  if (unsteady.has(type)) return sorted.length < 2 ? widened(shortest, longest, 2) : { least: shortest, most: longest }
  if (sorted.length >= enough) return middleHalf(sorted)
  // Of three the middle one is what is usual; of two nobody knows which.
  const middle = sorted.length === 3 ? (sorted[1] ?? shortest) : null
  return middle === null ? widened(shortest, longest, 1.25) : widened(middle, middle, 1.25)
}

function widened(least: number, most: number, by: number): Seconds {
  return { least: least / by, most: most * by }
}

function middleHalf(sorted: readonly number[]): Seconds {
  const last = sorted.length - 1
  return { least: sorted[Math.ceil(last * 0.25)] ?? 0, most: sorted[Math.floor(last * 0.75)] ?? 0 }
}
