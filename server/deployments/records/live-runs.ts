import { setTimeout as wait } from 'node:timers/promises'
import { isActive } from '../run/progression.ts'
import type { Run } from '../run/run.ts'
import type { DeploymentStore } from './run-store.ts'

/** Progress comes every second; a power cut may take the last few seconds of it, never a fact. */
const STORE_EVERY_MS = 5000
/** So many runs are written in one transaction: each commit waits for the disk, and others wait for each commit. */
const RUNS_AT_ONCE = 16
/** A thousand runs are due one by one, and each alone would be a commit of its own: the writer waits for company. */
const COLLECT_MS = 250

/** Runs that go on, as they are now: facts are in the store already, progress perhaps not yet. */
export type LiveRuns = {
  get(id: string): Promise<Run | null>
  /** `get` for whoever is about to change the run, inside its turn: it is kept from then on. */
  load(id: string): Promise<Run | null>
  /** The newest version of a run that was read from the store. */
  newest<Maybe extends Run | null>(run: Maybe): Run | Maybe
  /** What the store holds of a run, so that only what differs is written; null when that is not known. */
  stored(id: string): Run | null
  /** Takes a version that the store holds now. */
  keep(run: Run): void
  /**
   * Takes a version with mere progress; it is written a little later, beside what else goes on, so that no report waits for
   * the disk. Once that has failed, the next note writes itself and throws what the store says.
   */
  note(run: Run): Promise<void>
  /** Waits until nothing is being written of this run, and lets nothing be until the next `keep` or `release` of it. */
  hold(id: string): Promise<void>
  /** Ends a hold whose caller has recorded nothing. */
  release(id: string): void
  /** Writes all that has not been written; nothing is noted after it. */
  flush(): Promise<void>
}

type Kept = { run: Run; stored: Run; storedAtMs: number }

/** Live runs over a store; its caller lets one change in after the other. */
export function createLiveRuns(store: DeploymentStore, now: () => Date): LiveRuns {
  const kept = new Map<string, Kept>()
  const held = new Set<string>()
  /** What is being written just now, and by whom: one writer at a time. */
  let batch: { ids: ReadonlySet<string>; done: Promise<void> } | null = null
  let writer: Promise<void> | null = null
  let hasFailed = false

  const keep = (run: Run): void => {
    held.delete(run.id)
    if (isActive(run)) kept.set(run.id, { run, stored: run, storedAtMs: now().getTime() })
    else kept.delete(run.id)
  }

  const newest: LiveRuns['newest'] = (run) => (run === null ? run : (kept.get(run.id)?.run ?? run))

  const write = async (all: readonly Kept[]): Promise<void> => {
    const done = store.transaction(async (parts) => {
      for (const { run, stored } of all) await parts.runs.update(run, stored)
    })
    const ids = new Set(all.map(({ run }) => run.id))
    batch = { ids, done: done.catch(() => undefined) }
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

  /** Runs with something to write that nobody holds, those written longest ago first. */
  const unwritten = (): Kept[] =>
    [...kept.values()]
      .filter(({ run, stored }) => run !== stored && !held.has(run.id))
      .sort((a, b) => a.storedAtMs - b.storedAtMs)

  const closing = new AbortController()

  /** Writes, a moment later, until no run is due; with one that is due go those that soon will be. */
  const writeDue = async (): Promise<void> => {
    await wait(COLLECT_MS, undefined, { signal: closing.signal }).catch(() => undefined)
    for (;;) {
      const atMs = now().getTime()
      const soon = unwritten().filter(({ storedAtMs }) => atMs - storedAtMs >= STORE_EVERY_MS / 2)
      const [oldest] = soon
      if (oldest === undefined || atMs - oldest.storedAtMs < STORE_EVERY_MS) return
      await write(soon.slice(0, RUNS_AT_ONCE))
    }
  }

  /** Has what is due written by the one writer; throws what the store says. */
  const writing = (): Promise<void> => {
    writer ??= writeDue().finally(() => (writer = null))
    return writer
  }

  return {
    get: async (id) => kept.get(id)?.run ?? newest(await store.runs.get(id)),
    load: async (id) => {
      const known = kept.get(id)
      if (known) return known.run
      const run = await store.runs.get(id)
      if (run !== null) keep(run)
      return run
    },
    newest,
    stored: (id) => kept.get(id)?.stored ?? null,
    keep,
    note: async (run) => {
      const before = kept.get(run.id)
      if (before === undefined) return
      kept.set(run.id, { ...before, run })
      if (now().getTime() - before.storedAtMs < STORE_EVERY_MS) return
      if (hasFailed) {
        await writing()
        hasFailed = false
      } else writing().catch(() => (hasFailed = true))
    },
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
