import { sql, type Kysely } from 'kysely'
import type { Situation, SituationStore } from '../deployments/records/situation.ts'
import { chunksOf, fromJson } from './columns.ts'
import type { Tables } from './tables.ts'

/** In words of its own and not as parameters: only so does a database see that the index `runs_active` is meant. */
const active = sql`('waiting', 'running', 'attention')`

/** The run that goes on, else the newest. */
const runOf = sql<string | null>`coalesce(
  (SELECT a.id FROM runs AS a WHERE a.machine_id = records.machine_id AND a.state IN ${active}),
  (SELECT l.id FROM runs AS l WHERE l.machine_id = records.machine_id ORDER BY l.created_at DESC, l.id DESC LIMIT 1)
)`

/** The step a run does or waits for. */
const nextOf = sql<number | null>`CASE WHEN runs.state IN ('running', 'attention') THEN runs.state_step
  WHEN runs.state = 'waiting' THEN (
    SELECT min(n.idx) FROM run_steps AS n
    WHERE n.run_id = runs.id AND n.status IN ('pending', 'served', 'interrupted', 'running', 'restarting')
  ) END`

/** Whether a key is kept that is good. */
const hasAgent = sql<number>`CASE WHEN EXISTS (
  SELECT 1 FROM agent_keys AS k WHERE k.machine_id = records.machine_id AND k.accepted = 1
) THEN 1 ELSE 0 END`

function situationQuery(database: Kysely<Tables>, machineIds: readonly string[]) {
  return database
    .selectFrom('records')
    .leftJoin('runs', (join) => join.on(sql<boolean>`runs.id = ${runOf}`))
    .leftJoin('run_steps', (join) =>
      join.onRef('run_steps.run_id', '=', 'runs.id').on(sql<boolean>`run_steps.idx = ${nextOf}`),
    )
    .where('records.machine_id', 'in', machineIds)
    .select(['records.machine_id', 'records.id as record_id', 'records.state as record_state'])
    .select(['runs.id as run_id', 'runs.sequence_name', 'runs.state as run_state'])
    .select(hasAgent.as('has_agent'))
    .select(['run_steps.phase', 'run_steps.name as step_name'])
}

type SituationRow = Awaited<ReturnType<ReturnType<typeof situationQuery>['execute']>>[number]

function toSituation(row: SituationRow): Situation {
  const { run_id: id, phase, step_name: name, run_state: state } = row
  const isActive = state === 'waiting' || state === 'running' || state === 'attention'
  return {
    machineId: row.machine_id,
    record: { id: row.record_id, state: row.record_state },
    hasAgent: Number(row.has_agent) === 1,
    run:
      id === null
        ? null
        : {
            id,
            name: row.sequence_name ?? '',
            isActive,
            next: phase === null || name === null ? null : { phase, name: fromJson(name) },
          },
  }
}

/** Where machines stand, in one query for all of them. */
export function situationStore(database: Kysely<Tables>): SituationStore {
  return {
    of: async (machineIds) => {
      const found = new Map<string, Situation>()
      for (const ids of chunksOf(machineIds))
        for (const row of await situationQuery(database, ids).execute()) found.set(row.machine_id, toSituation(row))
      return found
    },
    busySince: async (time) => {
      const rows = await database
        .selectFrom('runs')
        .select('machine_id')
        .where(sql<boolean>`state IN ${active}`)
        .union(
          database
            .selectFrom('runs')
            .select('machine_id')
            .where('state', '=', 'done')
            .where('state_at', '>', time.toISOString()),
        )
        .execute()
      return rows.map(({ machine_id }) => machine_id)
    },
  }
}
