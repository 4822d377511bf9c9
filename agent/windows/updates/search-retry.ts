import type { Trouble } from './hresults.ts'

/** How often a search may fail in a row of what no waiting mends for sure. */
const mostTries: Readonly<Record<Exclude<Trouble, 'network' | 'setup-running'>, number>> = {
  server: 40,
  busy: 20,
  // Windows sets its clock by the network some time after its start, and starts services late.
  clock: 8,
  'service-off': 4,
  'restart-first': 4,
  'disk-full': 1,
  'not-applicable': 4,
  other: 6,
}

/**
 * Whether a search that failed `tries` times in a row is tried again. Without a network, and while Windows sets itself
 * up, there is no end to it: both are mended by waiting or by a person at the cable, and the screen says what is waited
 * for. Pure.
 */
export function isTriedAgain(trouble: Trouble, tries: number): boolean {
  return trouble === 'network' || trouble === 'setup-running' || tries < mostTries[trouble]
}

const firstMs = 5000
const longestMs = 60_000

/** The pause before the next try. */
export function searchPauseMs(tries: number): number {
  return Math.min(longestMs, firstMs * 2 ** Math.min(tries - 1, 10))
}
