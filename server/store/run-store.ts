import { sql, type Kysely, type Selectable } from 'kysely'
import type { Failure } from '../../agent/protocol/messages.ts'
import type { Run, RunState, RunStep } from '../deployments/run/run.ts'
import { fromJson, fromMaybeJson, requiredTime, toJson, toMaybeJson } from './columns.ts'
import type { RunFilter, RunStore } from '../deployments/records/run-store.ts'
import { changingColumns, toStep, toStepRow } from './step-row.ts'
import type { Tables } from './tables.ts'

type RunRow = Selectable<Tables['runs']>
const active = ['waiting', 'running', 'attention'] as const
const LIST_LIMIT = 100

function toState(row: RunRow): RunState {
  const at = () => requiredTime(row.state_at, 'state_at')
  switch (row.state) {
    case 'waiting':
      return { kind: 'waiting' }
    case 'running':
      return { kind: 'running', step: row.state_step ?? 0 }
    case 'attention':
      return { kind: 'attention', step: row.state_step ?? 0, failure: fromJson<Failure>(row.failure ?? '{}') }
    case 'done':
      return { kind: 'done', at: at() }
    case 'cancelled':
      return { kind: 'cancelled', at: at(), by: row.state_by ?? '', reason: row.state_reason ?? '' }
  }
}

function toRun(row: RunRow, steps: RunStep[]): Run {
  return {
    id: row.id,
    machineId: row.machine_id,
    product: row.product,
    sequence: { id: row.sequence_id, name: row.sequence_name, version: row.sequence_version },
    image: fromMaybeJson(row.image),
    variables: fromJson(row.variables),
    facts: fromJson(row.facts),
    steps,
    state: toState(row),
    createdAt: new Date(row.created_at),
    createdBy: row.created_by,
    agentVersion: row.agent_version,
    bootId: row.boot_id,
    diskTouchedAt: row.disk_touched_at === null ? null : new Date(row.disk_touched_at),
    materials: fromMaybeJson(row.materials),
    disks: fromMaybeJson(row.disks),
    returnsTo: row.returns_to,
  }
}

/** The columns of a run that change while it goes on. */
function changing(run: Run) {
  const { state } = run
  return {
    variables: toJson(run.variables),
    state: state.kind,
    state_step: 'step' in state ? state.step : null,
    state_at: 'at' in state ? state.at.toISOString() : null,
    state_by: state.kind === 'cancelled' ? state.by : null,
    state_reason: state.kind === 'cancelled' ? state.reason : null,
    failure: state.kind === 'attention' ? toJson(state.failure) : null,
    agent_version: run.agentVersion,
    boot_id: run.bootId,
    disk_touched_at: run.diskTouchedAt?.toISOString() ?? null,
  }
}

async function withSteps(database: Kysely<Tables>, rows: RunRow[]): Promise<Run[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const stepRows = await database
    .selectFrom('run_steps')
    .selectAll()
    .where('run_id', 'in', ids)
    .orderBy('idx')
    .execute()
  const byRun = Map.groupBy(stepRows, ({ run_id }) => run_id)
  return rows.map((row) => toRun(row, (byRun.get(row.id) ?? []).map(toStep)))
}

function listQuery(database: Kysely<Tables>, { machineId, active: onlyActive, ids, after }: RunFilter) {
  let query = database.selectFrom('runs').selectAll()
  if (machineId !== undefined) query = query.where('machine_id', '=', machineId)
  if (onlyActive === true) query = query.where('state', 'in', active)
  if (onlyActive === false) query = query.where('state', 'not in', active)
  if (ids !== undefined) query = query.where('id', 'in', ids)
  if (after !== undefined)
    query = query.where(
      sql<boolean>`(created_at, id) < (SELECT b.created_at, b.id FROM runs AS b WHERE b.id = ${after})`,
    )
  return query.orderBy('created_at', 'desc').orderBy('id', 'desc')
}

async function insertRun(database: Kysely<Tables>, run: Run): Promise<void> {
  const { id, machineId, product, sequence } = run
  await database
    .insertInto('runs')
    .values({
      ...{ id, machine_id: machineId, product },
      ...{ sequence_id: sequence.id, sequence_name: sequence.name, sequence_version: sequence.version },
      image: toMaybeJson(run.image),
      facts: toJson(run.facts),
      materials: toMaybeJson(run.materials),
      disks: toMaybeJson(run.disks),
      returns_to: run.returnsTo,
      created_at: run.createdAt.toISOString(),
      created_by: run.createdBy,
      ...changing(run),
    })
    .execute()
  // One by one: a sequence may have more steps than one statement takes values.
  for (const step of run.steps) await database.insertInto('run_steps').values(toStepRow(id, step)).execute()
}

async function updateRun(database: Kysely<Tables>, run: Run, before: Run | null): Promise<void> {
  await database.updateTable('runs').set(changing(run)).where('id', '=', run.id).execute()
  for (const step of run.steps) {
    if (before !== null && before.steps[step.index] === step) continue
    await database
      .updateTable('run_steps')
      .set(changingColumns(step))
      .where('run_id', '=', run.id)
      .where('idx', '=', step.index)
      .execute()
  }
}

/** Runs and their steps, in the tables `runs` and `run_steps`. */
export function runStore(database: Kysely<Tables>): RunStore {
  const list = async (filter: RunFilter) => {
    if (filter.ids?.length === 0) return []
    const query = listQuery(database, filter).limit(filter.limit ?? LIST_LIMIT)
    return withSteps(database, await query.execute())
  }
  const first = async (filter: RunFilter) => (await list({ ...filter, limit: 1 }))[0] ?? null
  return {
    get: async (id) => {
      const row = await database.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirst()
      return row ? ((await withSteps(database, [row]))[0] ?? null) : null
    },
    list,
    activeFor: (machineId) => first({ machineId, active: true }),
    latestFor: (machineId) => first({ machineId }),
    add: (run) => insertRun(database, run),
    update: (run, before) => updateRun(database, run, before),
    timedSteps: async (product, limit) => {
      const rows = await database
        .selectFrom('run_steps')
        .innerJoin('runs', 'runs.id', 'run_steps.run_id')
        .select(['run_steps.run_id', 'run_steps.phase', 'run_steps.type', 'run_steps.started_at', 'run_steps.ended_at'])
        .where('run_steps.status', '=', 'done')
        .where('runs.product', product === null ? 'is' : '=', product)
        .orderBy('run_steps.ended_at', 'desc')
        .limit(limit)
        .execute()
      return rows.map(({ run_id, phase, type, started_at, ended_at }) => ({
        ...{ runId: run_id, phase, type },
        startedAt: requiredTime(started_at, 'started_at'),
        endedAt: requiredTime(ended_at, 'ended_at'),
      }))
    },
  }
}
