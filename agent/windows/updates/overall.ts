/**
 * How far the whole step is, 0 to 1. Nobody knows beforehand how many passes Windows wants: the first has most of the
 * work, each following one less, so each takes seven tenths of what is left. The value never falls from one pass to the
 * next, also over restarts. Pure.
 */
export function overallFraction(packagesShare: number, pass: number, within: number): number {
  const left = 0.3 ** pass * (1 - 0.7 * clamp(within))
  return packagesShare + (1 - packagesShare) * (1 - left)
}

/** Share of a pass that its search takes. */
const searchShare = 0.05

/** How far a pass is: update `index` of `of` (from 1), downloaded and installed in parts of 0 to 1. Pure. */
export function passFraction(index: number, of: number, downloaded: number, installed: number): number {
  const update = 0.5 * clamp(downloaded) + 0.5 * clamp(installed)
  return searchShare + (1 - searchShare) * ((Math.max(1, index) - 1 + update) / Math.max(1, of))
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value))
}
