import { sql, type Kysely, type Selectable } from 'kysely'
import type { RunTrail, StepTrail, TrailStore } from '../deployments/records/run-trail.ts'
import { chunksOf, fromMaybeJson } from './columns.ts'
import type { Tables } from './tables.ts'

type TrailRow = Pick<Selectable<Tables['runs']>, 'id' | 'machine_id' | 'state' | 'image' | 'disk_touched_at'>

function toTrail({ id, state, image, disk_touched_at }: TrailRow): RunTrail {
  const diskTouchedAt = disk_touched_at === null ? null : new Date(disk_touched_at)
  return { id, state, image: fromMaybeJson(image), diskTouchedAt }
}

/** What runs have left behind, for many machines in one query. */
export function trailStore(database: Kysely<Tables>): TrailStore {
  const trails = () => database.selectFrom('runs').select(['id', 'machine_id', 'state', 'image', 'disk_touched_at'])
  return {
    ofMachines: async (machineIds) => {
      const found = new Map<string, RunTrail[]>()
      for (const ids of chunksOf(machineIds)) {
        const rows = await trails()
          .where('machine_id', 'in', ids)
          .orderBy('created_at', 'desc')
          .orderBy('id', 'desc')
          .execute()
        for (const row of rows) listIn(found, row.machine_id).push(toTrail(row))
      }
      return found
    },
    active: async () =>
      (
        await trails()
          .where(sql<boolean>`state IN ('waiting', 'running', 'attention')`)
          .execute()
      ).map(toTrail),
    stepsOf: async (runIds) => {
      const found = new Map<string, StepTrail[]>()
      for (const ids of chunksOf(runIds)) {
        const rows = await database
          .selectFrom('run_steps')
          .select(['run_id', 'type', 'status'])
          .where('run_id', 'in', ids)
          .orderBy('run_id')
          .orderBy('idx')
          .execute()
        for (const { run_id, type, status } of rows) listIn(found, run_id).push({ type, status: { kind: status } })
      }
      return found
    },
  }
}

function listIn<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}
