import { isActive } from '../run/progression.ts'
import type { Run } from '../run/run.ts'
import type { DeploymentStore } from './run-store.ts'

/** Progress comes every second; a power cut may take the last few seconds of it, never a fact. */
const STORE_EVERY_MS = 5000
/** So many runs are written in one transaction: each commit waits for the disk, and others wait for each commit. */
const RUNS_AT_ONCE = 16

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
  /** Takes a version with mere progress, and writes it if the last writing is long enough ago. */
  note(run: Run, at: Date): Promise<void>
  /** Writes all that has not been written. */
  flush(): Promise<void>
}

type Kept = { run: Run; stored: Run; storedAtMs: number }

/** Live runs over a store; its caller lets one change in after the other. */
export function createLiveRuns(store: DeploymentStore, now: () => Date): LiveRuns {
  const kept = new Map<string, Kept>()

  const keep = (run: Run): void => {
    if (isActive(run)) kept.set(run.id, { run, stored: run, storedAtMs: now().getTime() })
    else kept.delete(run.id)
  }

  const newest: LiveRuns['newest'] = (run) => (run === null ? run : (kept.get(run.id)?.run ?? run))

  const write = async (all: readonly Kept[]): Promise<void> => {
    if (all.length === 0) return
    await store.transaction(async (parts) => {
      for (const { run, stored } of all) await parts.runs.update(run, stored)
    })
    for (const { run } of all) keep(run)
  }

  /** Runs with something to write, those written longest ago first. */
  const unwritten = (): Kept[] =>
    [...kept.values()].filter(({ run, stored }) => run !== stored).sort((a, b) => a.storedAtMs - b.storedAtMs)

  /** When one run is due, those that soon will be are written with it. */
  const writeDue = (atMs: number): Promise<void> =>
    write(
      unwritten()
        .filter(({ storedAtMs }) => atMs - storedAtMs >= STORE_EVERY_MS / 2)
        .slice(0, RUNS_AT_ONCE),
    )

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
    note: async (run, at) => {
      const before = kept.get(run.id)
      if (before === undefined) return
      const noted = { ...before, run }
      kept.set(run.id, noted)
      if (at.getTime() - before.storedAtMs >= STORE_EVERY_MS) await writeDue(at.getTime())
    },
    flush: async () => {
      await write(unwritten())
    },
  }
}
