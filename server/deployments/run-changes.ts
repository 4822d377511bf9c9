import { Refusal } from '../refusal.ts'
import type { Announce, Stock } from '../stock/stock.ts'
import { createAnnouncements } from '../store/announcements.ts'
import type { Store, StoreParts } from '../store/parts.ts'
import type { Next, RunEvent } from './event.ts'
import { createLiveRuns, type LiveRuns } from './live-runs.ts'
import { next } from './next.ts'
import { isActive } from './progression.ts'
import type { Run } from './run.ts'

type Taken = Extract<Next, { kind: 'taken' }>

export type RunChanges = {
  live: LiveRuns
  /** Records new runs, all or none. Throws Refusal MACHINE_BUSY, MACHINE_NOT_DEPLOYABLE. */
  begin(runs: Run[]): Promise<Run[]>
  /** Takes an event in and records what it says; its caller lets one in after the other. Throws Refusal as `next` refuses. */
  take(run: Run, event: RunEvent, by?: string): Promise<Taken>
  onChange(listener: (run: Run) => void): () => void
}

export type RunChangesDependencies = {
  store: Store
  stock: Stock
  now: () => Date
  /** Told of a run that is over. */
  onOver: (runId: string) => void
}

/** States in which a machine is not the workshop's to erase until a person takes it back into stock. */
const notDeployable: ReadonlySet<string> = new Set(['reserved', 'delivered', 'retired'])

async function addRun(parts: StoreParts, run: Run): Promise<void> {
  const record = await parts.records.forMachine(run.machineId)
  if (record !== null && notDeployable.has(record.state))
    throw new Refusal('MACHINE_NOT_DEPLOYABLE', { id: run.machineId, state: record.state })
  if ((await parts.runs.activeFor(run.machineId)) !== null) throw new Refusal('MACHINE_BUSY', { id: run.machineId })
  await parts.runs.add(run)
}

/** Changes of runs: decided by `next`, recorded with the stock's in one transaction, then told. */
export function createRunChanges({ store, stock, now, onOver }: RunChangesDependencies): RunChanges {
  const live = createLiveRuns(store, now)
  const changes = createAnnouncements<[Run]>()

  const record = async ({ run, effects }: Taken, by: string, at: Date): Promise<void> => {
    const announcements = await store.transaction(async (parts) => {
      await parts.runs.update(run, live.stored(run.id))
      const told: Announce[] = []
      for (const { to, words } of effects)
        told.push(await stock.move(parts, run.machineId, { to, words, by, runId: run.id, at }))
      return told
    })
    live.keep(run)
    if (!isActive(run)) onOver(run.id)
    changes.announce(run)
    for (const announce of announcements) announce()
  }

  return {
    live,
    begin: async (runs) => {
      await store.transaction(async (parts) => {
        for (const run of runs) await addRun(parts, run)
      })
      for (const run of runs) live.keep(run)
      for (const run of runs) changes.announce(run)
      return runs
    },
    take: async (run, event, by = `run ${run.id}`) => {
      const taken = next(run, event)
      if (taken.kind === 'refused') throw new Refusal(taken.code, taken.params)
      if (taken.change === 'fact') await record(taken, by, event.at)
      if (taken.change === 'progress') {
        await live.note(taken.run, event.at)
        if (event.kind === 'reported' && event.news.kind === 'progress') changes.announce(taken.run)
      }
      return taken
    },
    onChange: changes.add,
  }
}
