/** How many machines that nobody knows may say hello. */
export type FirstHellos = {
  /** Lets one in whose hello has so many characters; gives the seconds to wait when it is too much just now, else 0. */
  admit(helloCharacters: number): number
}

/** A large hello costs as much as several: what is kept of unknown machines is bounded in bytes too. */
const charactersOfOne = 16 * 1024

/**
 * One bucket for all addresses together, since whoever invents machines can invent addresses too. Machines that are known
 * do not pass here.
 *
 * @param options at most `most` at once, then one more every `refillMs` of a clock that never goes back
 */
export function createFirstHellos(options: { nowMs: () => number; most: number; refillMs: number }): FirstHellos {
  let left = options.most
  let atMs = options.nowMs()
  return {
    admit(helloCharacters) {
      const nowMs = options.nowMs()
      left = Math.min(options.most, left + (nowMs - atMs) / options.refillMs)
      atMs = nowMs
      const cost = Math.max(1, helloCharacters / charactersOfOne)
      if (left < cost) return Math.ceil(((cost - left) * options.refillMs) / 1000)
      left -= cost
      return 0
    },
  }
}
