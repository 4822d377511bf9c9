import type { NewcomerView } from '../../../api/netboot/schema.ts'

/** The stages of a boot from the network, in their order. */
export const stages = ['dhcp', 'loader', 'kernel', 'root'] as const
export type Stage = (typeof stages)[number]

/** A newcomer that comes up, to introduce itself in a moment. */
export function isOnItsWay<Newcomer extends Pick<NewcomerView, 'doing' | 'outcome'>>(
  newcomer: Newcomer,
): newcomer is Newcomer & { doing: Stage } {
  return newcomer.doing !== null && newcomer.outcome === 'ok'
}

/** How long the loader's files and the environment's unpacking take at most without a question to the server. */
const stallsAfterMs = { dhcp: 60_000, loader: 120_000, kernel: 300_000, root: 300_000 } as const

/** Seconds for which it has been silent, when that is too long to say that it goes on; else null. */
export function stalledFor({ doing, lastAt }: { doing: Stage; lastAt: string }, now: Date): number | null {
  const silentMs = now.getTime() - Date.parse(lastAt)
  return silentMs > stallsAfterMs[doing] ? silentMs / 1000 : null
}
