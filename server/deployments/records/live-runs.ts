import { isActive } from '../run/progression.ts'
import type { Run } from '../run/run.ts'
import { createProgressWriter, type KeptRun } from './progress-writer.ts'
import type { DeploymentStore } from './run-store.ts'

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

/** Live runs over a store; its caller lets one change in after the other. */
export function createLiveRuns(store: DeploymentStore, now: () => Date): LiveRuns {
  const kept = new Map<string, KeptRun>()
  const writer = createProgressWriter(store, kept, now)
  let hasFailed = false

  const keep = (run: Run): void => {
    writer.release(run.id)
    if (isActive(run)) kept.set(run.id, { run, stored: run, storedAtMs: now().getTime() })
    else kept.delete(run.id)
  }

  const newest: LiveRuns['newest'] = (run) => (run === null ? run : (kept.get(run.id)?.run ?? run))

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
      const noted = { ...before, run }
      kept.set(run.id, noted)
      if (!writer.isDue(noted)) return
      if (hasFailed) {
        await writer.writeDue()
        hasFailed = false
      } else writer.writeDue().catch(() => (hasFailed = true))
    },
    hold: writer.hold,
    release: writer.release,
    flush: writer.flush,
  }
}
