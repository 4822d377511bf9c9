import type { Phase } from '../../../tasksequences/sequence.ts'

/** Somebody who said that he is a machine, was not believed, and was given nothing. */
export type Stranger = { address: string; phase: Phase; times: number; lastAt: Date }

export type Strangers = {
  /** Notes one; says whether nobody like it was noted of this machine before. */
  note(machineId: string, from: Pick<Stranger, 'address' | 'phase'>): boolean
  /** Those of one machine in the last day, the latest first. */
  of(machineId: string): Stranger[]
  forget(machineId: string): void
  onChange(listener: (machineId: string) => void): () => void
}

const mostMachines = 500
const mostOfOne = 4
const shownMs = 24 * 3600_000

/** Keeps in memory who was turned away lately, a few for each machine, so that no number of them fills it. */
export function createStrangers(now: () => Date): Strangers {
  const noted = new Map<string, Stranger[]>()
  const listeners = new Set<(machineId: string) => void>()
  return {
    note(machineId, { address, phase }) {
      const before = noted.get(machineId) ?? []
      const isSame = (one: Stranger): boolean => one.address === address && one.phase === phase
      const times = (before.find(isSame)?.times ?? 0) + 1
      const stranger: Stranger = { address, phase, times, lastAt: now() }
      // Put back at the end: a Map keeps the order of insertion, so its first key is the one noted longest ago.
      noted.delete(machineId)
      noted.set(machineId, [stranger, ...before.filter((one) => !isSame(one))].slice(0, mostOfOne))
      const longestAgo = noted.size > mostMachines ? noted.keys().next().value : undefined
      if (longestAgo !== undefined) noted.delete(longestAgo)
      if (times === 1) for (const listener of listeners) listener(machineId)
      return times === 1
    },
    of: (machineId) =>
      (noted.get(machineId) ?? []).filter(({ lastAt }) => now().getTime() - lastAt.getTime() < shownMs),
    forget: (machineId) => void noted.delete(machineId),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
