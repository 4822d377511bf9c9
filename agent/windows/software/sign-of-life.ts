import { Type, type Static } from 'typebox'

/** What an installer, its children and Windows Installer have used so far. */
export const Effort = Type.Object({ cpuSeconds: Type.Number(), writtenBytes: Type.Number() })
export type Effort = Static<typeof Effort>

const cpuStep = 5
const bytesStep = 2 ** 20

/**
 * Work done, in steps coarse enough that a program which only waits stays within one: a window that nobody sees and
 * nobody will answer uses a little time for ever.
 */
export function signOf({ cpuSeconds, writtenBytes }: Effort): string {
  return `${Math.floor(cpuSeconds / cpuStep)} ${Math.floor(writtenBytes / bytesStep)}`
}

/** For how long the sign has been the same. */
export type Stillness = { sign: string | null; stillMs: number }

export const stirring: Stillness = { sign: null, stillMs: 0 }

/** One look later: the sign has changed, or all has been still for longer. Pure. */
export function lookedAt({ sign, stillMs }: Stillness, now: string, sinceMs: number): Stillness {
  return now === sign ? { sign, stillMs: stillMs + sinceMs } : { sign: now, stillMs: 0 }
}

const longestLookMs = 30_000

/** How often to look, so that what hangs is noticed soon after its time. */
export function lookEveryMs(stalledAfterMs: number): number {
  return Math.min(longestLookMs, Math.max(250, stalledAfterMs / 4))
}
