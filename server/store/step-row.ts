import type { Selectable } from 'kysely'
import type { RunStep, StepStatus } from '../deployments/run/run.ts'
import { fromJson, fromMaybeJson, requiredTime, toJson, toMaybeJson } from './columns.ts'
import type { Tables } from './tables.ts'

type StepRow = Selectable<Tables['run_steps']>
type StatusColumns = Pick<
  StepRow,
  'status' | 'started_at' | 'ended_at' | 'heard_at' | 'progress' | 'result' | 'failure' | 'ignored' | 'reason'
>

function toStatus(row: StepRow): StepStatus {
  const startedAt = () => requiredTime(row.started_at, 'started_at')
  const endedAt = () => requiredTime(row.ended_at, 'ended_at')
  switch (row.status) {
    case 'pending':
      return {
        kind: 'pending',
        ...(row.started_at === null ? {} : { startedAt: startedAt() }),
        ...(row.heard_at === null ? {} : { heardAt: new Date(row.heard_at) }),
      }
    case 'running': {
      const heardAt = requiredTime(row.heard_at, 'heard_at')
      return { kind: 'running', startedAt: startedAt(), progress: fromMaybeJson(row.progress), heardAt }
    }
    case 'done':
      return { kind: 'done', startedAt: startedAt(), endedAt: endedAt(), result: fromJson(row.result ?? '{}') }
    case 'failed': {
      const failure = fromJson<Extract<StepStatus, { kind: 'failed' }>['failure']>(row.failure ?? '{}')
      return { kind: 'failed', startedAt: startedAt(), endedAt: endedAt(), failure, ignored: row.ignored === 1 }
    }
    case 'skipped':
      return { kind: 'skipped', reason: fromJson(row.reason ?? '{}') }
  }
}

function statusColumns(status: StepStatus): StatusColumns {
  return {
    status: status.kind,
    started_at: 'startedAt' in status ? (status.startedAt?.toISOString() ?? null) : null,
    ended_at: 'endedAt' in status ? status.endedAt.toISOString() : null,
    heard_at: 'heardAt' in status ? (status.heardAt?.toISOString() ?? null) : null,
    progress: status.kind === 'running' ? toMaybeJson(status.progress) : null,
    result: status.kind === 'done' ? toJson(status.result) : null,
    failure: status.kind === 'failed' ? toJson(status.failure) : null,
    ignored: status.kind === 'failed' && status.ignored ? 1 : 0,
    reason: status.kind === 'skipped' ? toJson(status.reason) : null,
  }
}

/** A row of `run_steps` as a step. */
export function toStep(row: StepRow): RunStep {
  const { id, phase, type, weight, retries, retried, interruptions, attempt, restarts } = row
  return {
    ...{ id, phase, type, weight, retries, retried, interruptions, attempt, restarts },
    memory: fromJson(row.memory),
    leaving: row.leaving === 1,
    index: row.idx,
    name: fromJson(row.name),
    input: fromJson(row.input),
    template: fromJson(row.template),
    when: row.condition,
    served: row.served === 1,
    continueOnError: row.continue_on_error === 1,
    status: toStatus(row),
  }
}

/** The columns of a step that change while its run goes on. */
export function changingColumns(step: RunStep) {
  const { retried, interruptions, attempt, restarts } = step
  const served: 0 | 1 = step.served ? 1 : 0
  const leaving: 0 | 1 = step.leaving ? 1 : 0
  const json = { input: toJson(step.input), memory: toJson(step.memory) }
  return { ...json, retried, interruptions, attempt, restarts, served, leaving, ...statusColumns(step.status) }
}

/** A step as a row of `run_steps`. */
export function toStepRow(runId: string, step: RunStep): StepRow {
  const { id, phase, type, weight, retries } = step
  return {
    ...{ run_id: runId, idx: step.index, id, phase, type, weight, retries },
    name: toJson(step.name),
    template: toJson(step.template),
    condition: step.when,
    continue_on_error: step.continueOnError ? 1 : 0,
    ...changingColumns(step),
  }
}
