import { setTimeout as wait } from 'node:timers/promises'
import type { Run } from '../run/run.ts'
import type { DeploymentStore } from './run-store.ts'

/** A live run as it is now, and as the store has it since then. */
export type KeptRun = { run: Run; stored: Run; storedAtMs: number }

export type ProgressWriter = {
  /** Whether the run was written long enough ago to be written again. */
  isDue(kept: KeptRun): boolean
  /** Has what is due written, by one writer however often it is asked; throws what the store says. */
  writeDue(): Promise<void>
  /** Waits until nothing is being written of this run, and lets nothing be until `release`. */
  hold(id: string): Promise<void>
  release(id: string): void
  /** Writes all that nobody holds and has not been written; nothing is noted after it. */
  flush(): Promise<void>
}

/** Progress comes every second; a power cut may take the last few seconds of it, never a fact. */
const STORE_EVERY_MS = 5000
/** So many runs are written in one transaction: each commit waits for the disk, and others wait for each commit. */
const RUNS_AT_ONCE = 16
/** A thousand runs are due one by one, and each alone would be a commit of its own: the writer waits for company. */
const COLLECT_MS = 250

/** Writes the progress of these runs, several at a time, beside what else goes on; `stored` says then what the store has. */
export function createProgressWriter(
  store: Pick<DeploymentStore, 'transaction'>,
  kept: Map<string, KeptRun>,
  now: () => Date,
): ProgressWriter {
  const held = new Set<string>()
  /** What is being written just now. */
  let batch: { ids: ReadonlySet<string>; done: Promise<void> } | null = null
  let writer: Promise<void> | null = null
  const closing = new AbortController()

  const ageMs = ({ storedAtMs }: KeptRun): number => now().getTime() - storedAtMs
  const isDue = (one: KeptRun): boolean => ageMs(one) >= STORE_EVERY_MS

  /** Runs with something to write that nobody holds, those written longest ago first. */
  const unwritten = (): KeptRun[] =>
    [...kept.values()]
      .filter(({ run, stored }) => run !== stored && !held.has(run.id))
      .sort((a, b) => a.storedAtMs - b.storedAtMs)

  const write = async (all: readonly KeptRun[]): Promise<void> => {
    const done = store.transaction(async (parts) => {
      for (const { run, stored } of all) await parts.runs.update(run, stored)
    })
    batch = { ids: new Set(all.map(({ run }) => run.id)), done: done.catch(() => undefined) }
    try {
      await done
    } finally {
      batch = null
    }
    for (const { run } of all) {
      // Newer progress may have come meanwhile.
      const newer = kept.get(run.id)
      if (newer !== undefined) kept.set(run.id, { run: newer.run, stored: run, storedAtMs: now().getTime() })
    }
  }

  /** A moment later, until no run is due; with one that is due go those that soon will be. */
  const writeUntilNoneIsDue = async (): Promise<void> => {
    await wait(COLLECT_MS, undefined, { signal: closing.signal }).catch(() => undefined)
    for (;;) {
      const soon = unwritten().filter((one) => ageMs(one) >= STORE_EVERY_MS / 2)
      const [oldest] = soon
      if (oldest === undefined || !isDue(oldest)) return
      await write(soon.slice(0, RUNS_AT_ONCE))
    }
  }

  return {
    isDue,
    writeDue: () => (writer ??= writeUntilNoneIsDue().finally(() => (writer = null))),
    hold: async (id) => {
      held.add(id)
      while (batch?.ids.has(id) === true) await batch.done
    },
    release: (id) => void held.delete(id),
    flush: async () => {
      closing.abort()
      await writer?.catch(() => undefined)
      const all = unwritten()
      if (all.length > 0) await write(all)
    },
  }
}
