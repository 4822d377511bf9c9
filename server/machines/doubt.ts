import type { DoubtReason } from './recognition.ts'

/** Two machines of which nobody knows yet whether they are one; or of which a person has said that they are two. */
export type Doubt = {
  /** In the order of their ids. */
  machineIds: readonly [string, string]
  reason: DoubtReason
  since: Date
  decision: { kind: 'open' } | { kind: 'apart'; by: string; at: Date }
}

export type DoubtStore = {
  all(): Promise<Doubt[]>
  /** Writes over what the pair had before. */
  put(doubt: Doubt): Promise<void>
  remove(machineIds: Doubt['machineIds']): Promise<void>
}

/** The pair in the order of its ids, so that there is one doubt of it and no second one from the other side. */
export function pairOf(a: string, b: string): Doubt['machineIds'] {
  return a < b ? [a, b] : [b, a]
}

/** The other one of a pair; null when the machine is not of it. */
export function otherOf({ machineIds: [a, b] }: Pick<Doubt, 'machineIds'>, id: string): string | null {
  return a === id ? b : b === id ? a : null
}

/** What every machine is in doubt about, by pair. */
export type Doubts = {
  of(machineId: string): Doubt[]
  between(a: string, b: string): Doubt | null
  set(doubt: Doubt): void
  delete(machineIds: Doubt['machineIds']): void
  all(): Doubt[]
}

/** Doubts in memory, as the store has them. */
export function createDoubts(stored: readonly Doubt[]): Doubts {
  const keyOf = ([a, b]: Doubt['machineIds']) => `${a} ${b}`
  const byPair = new Map(stored.map((doubt) => [keyOf(doubt.machineIds), doubt]))
  return {
    of: (machineId) => [...byPair.values()].filter((doubt) => otherOf(doubt, machineId) !== null),
    between: (a, b) => byPair.get(keyOf(pairOf(a, b))) ?? null,
    set: (doubt) => void byPair.set(keyOf(doubt.machineIds), doubt),
    delete: (machineIds) => void byPair.delete(keyOf(machineIds)),
    all: () => [...byPair.values()],
  }
}
