const firstMs = 500
const longestMs = 10_000

/** Pause before try number `failures` + 1: half a second, doubling up to ten, or up to `longest`; it never ends, since servers come back. */
export function backoffMs(failures: number, longest: number = longestMs): number {
  return Math.min(longest, firstMs * 2 ** Math.min(failures, 10))
}
