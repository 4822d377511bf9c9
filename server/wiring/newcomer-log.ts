import type { Logger } from 'pino'
import type { Newcomer } from '../netboot/newcomers.ts'

/** A bench that is switched on in the morning fits in; a flood of invented addresses leaves a line every five seconds. */
const burst = 30
const refillMs = 5000

/**
 * Logs what newcomers say for the first time. Lines beyond the bound are left out and counted in the next.
 *
 * @param elapsedMs of a clock that nobody sets.
 */
export function createNewcomerLog(log: Pick<Logger, 'info'>, elapsedMs: () => number): (newcomer: Newcomer) => void {
  let allowance = burst
  let lastAt = elapsedMs()
  let leftOut = 0
  return ({ mac, uuid, address, last }) => {
    const at = elapsedMs()
    allowance = Math.min(burst, allowance + (at - lastAt) / refillMs)
    lastAt = at
    if (allowance < 1) {
      leftOut += 1
      return
    }
    allowance -= 1
    const { protocol, outcome, text } = last
    log.info({ mac, uuid, address, protocol, outcome, says: text.en, ...(leftOut > 0 ? { leftOut } : {}) }, 'newcomer')
    leftOut = 0
  }
}
