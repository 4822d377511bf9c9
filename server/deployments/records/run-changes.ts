import { deploymentRefusal } from '../errors.ts'
import type { RecordState } from '../../stock/record.ts'
import type { Stock } from '../../stock/stock.ts'
import { createAnnouncements, type Announce } from '../../events/announcements.ts'
import type { Next, RunEvent } from '../run/event.ts'
import { beginsInWindows, writesDisk } from '../run/ending.ts'
import { createLiveRuns, type LiveRuns } from './live-runs.ts'
import { next } from '../run/next.ts'
import { isActive } from '../run/progression.ts'
import { doEffects } from './run-effects.ts'
import type { Run } from '../run/run.ts'
import type { DeploymentStore, RunParts } from './run-store.ts'

type Taken = Extract<Next, { kind: 'taken' }>

export type RunChanges = {
  live: LiveRuns
  /** Records new runs, all or none. Throws Refusal MACHINE_BUSY, MACHINE_NOT_DEPLOYABLE, AGENT_MISSING. */
  begin(runs: Run[]): Promise<Run[]>
  /** Takes an event in and records what it says; its caller lets one in after the other. Throws Refusal as `next` refuses. */
  take(run: Run, event: RunEvent, by?: string): Promise<Taken>
  onChange(listener: (run: Run) => void): () => void
}

export type RunChangesDependencies = {
  store: DeploymentStore
  stock: Stock
  now: () => Date
  /** Called with a run that is over. */
  onOver: (runId: string) => void
}

/** States in which a machine is not the workshop's to erase until a person takes it back into stock. */
const notErased: ReadonlySet<RecordState> = new Set(['reserved', 'delivered', 'retired'])
/** States that a run which leaves the disk as it is, a check before delivery, gives back. */
const givenBack: ReadonlySet<RecordState> = new Set(['ready', 'reserved', 'delivered'])

function labelIn({ facts }: Run): string {
  return [facts['machineName'], facts['serial'], facts['code']].map(String).find((name) => name !== '') ?? ''
}

/** Records a new run; the record's state at this moment is where it may have to go back to. */
async function addRun(parts: RunParts, planned: Run): Promise<Run> {
  const { machineId } = planned
  const state = (await parts.records.forMachine(machineId))?.state ?? 'received'
  const writes = writesDisk(planned)
  if (writes ? notErased.has(state) : state === 'retired') throw deploymentRefusal('MACHINE_NOT_DEPLOYABLE')
  if (beginsInWindows(planned) && !(await parts.agentKeys.hasAccepted(machineId)))
    throw deploymentRefusal('AGENT_MISSING', { label: labelIn(planned) })
  if ((await parts.runs.activeFor(machineId)) !== null) throw deploymentRefusal('MACHINE_BUSY')
  const run: Run = { ...planned, returnsTo: !writes && givenBack.has(state) ? state : null }
  await parts.runs.add(run)
  return run
}

/** Changes of runs: decided by `next`, recorded with the stock's in one transaction, then announced. */
export function createRunChanges({ store, stock, now, onOver }: RunChangesDependencies): RunChanges {
  const live = createLiveRuns(store, now)
  const changes = createAnnouncements<[Run]>()

  const write = async ({ run, effects }: Taken, by: string, at: Date): Promise<Announce[]> => {
    // Progress of this run that is being written must not come after the fact.
    await live.hold(run.id)
    try {
      const announcements = await store.transaction(async (parts) => {
        await parts.runs.update(run, live.stored(run.id))
        return doEffects(effects, run, { parts, stock, by, at })
      })
      live.keep(run)
      return announcements
    } catch (failure) {
      live.release(run.id)
      throw failure
    }
  }

  const record = async (taken: Taken, by: string, at: Date): Promise<void> => {
    const { run } = taken
    const announcements = await write(taken, by, at)
    if (!isActive(run)) onOver(run.id)
    changes.announce(run)
    for (const announce of announcements) announce()
  }

  return {
    live,
    begin: async (planned) => {
      const runs = await store.transaction(async (parts) => {
        const added: Run[] = []
        for (const run of planned) added.push(await addRun(parts, run))
        return added
      })
      for (const run of runs) live.keep(run)
      for (const run of runs) changes.announce(run)
      return runs
    },
    take: async (run, event, by = `run ${run.id}`) => {
      const taken = next(run, event)
      if (taken.kind === 'refused') throw taken.refusal
      if (taken.change === 'fact') await record(taken, by, event.at)
      if (taken.change === 'progress') {
        await live.note(taken.run)
        if (event.kind === 'reported' && event.report.kind === 'progress') changes.announce(taken.run)
      }
      return taken
    },
    onChange: changes.add,
  }
}
