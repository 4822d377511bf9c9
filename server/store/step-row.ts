import type { Selectable } from 'kysely'
import type { RunStep } from '../deployments/run/run.ts'
import {
  heardAtOf,
  isUnderWay,
  startedAtOf,
  type Interruption,
  type StepStatus,
} from '../deployments/run/step-status.ts'
import { fromJson, fromMaybeJson, requiredTime, toJson, toMaybeJson } from './columns.ts'
import type { Tables } from './tables.ts'

type StepRow = Selectable<Tables['run_steps']>
type StatusColumns = Pick<
  StepRow,
  'status' | 'started_at' | 'ended_at' | 'heard_at' | 'progress' | 'result' | 'failure' | 'ignored' | 'reason'
>

function toInterruption(row: StepRow): Interruption {
  const startedAt = row.started_at === null ? null : new Date(row.started_at)
  return { heardAt: requiredTime(row.heard_at, 'heard_at'), startedAt }
}

function toStatus(row: StepRow): StepStatus {
  const startedAt = () => requiredTime(row.started_at, 'started_at')
  const endedAt = () => requiredTime(row.ended_at, 'ended_at')
  switch (row.status) {
    case 'pending':
      return { kind: 'pending' }
    case 'served':
      return { kind: 'served', after: row.heard_at === null ? null : toInterruption(row) }
    case 'interrupted':
      return { kind: 'interrupted', ...toInterruption(row) }
    case 'running':
    case 'restarting': {
      const heardAt = requiredTime(row.heard_at, 'heard_at')
      return { kind: row.status, startedAt: startedAt(), heardAt, progress: fromMaybeJson(row.progress) }
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
    started_at: startedAtOf(status)?.toISOString() ?? null,
    ended_at: 'endedAt' in status ? status.endedAt.toISOString() : null,
    heard_at: 'endedAt' in status ? null : (heardAtOf(status)?.toISOString() ?? null),
    progress: isUnderWay(status) ? toMaybeJson(status.progress) : null,
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
    index: row.idx,
    name: fromJson(row.name),
    input: fromJson(row.input),
    template: fromJson(row.template),
    when: row.condition,
    continueOnError: row.continue_on_error === 1,
    status: toStatus(row),
  }
}

/** The columns of a step that change while its run goes on. */
export function changingColumns(step: RunStep) {
  const { retried, interruptions, attempt, restarts } = step
  const json = { input: toJson(step.input), memory: toJson(step.memory) }
  return { ...json, retried, interruptions, attempt, restarts, ...statusColumns(step.status) }
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
