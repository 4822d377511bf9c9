import type { Kysely } from 'kysely'
import type { LogStore } from '../deployments/records/log-store.ts'
import { chunksOf } from './columns.ts'
import type { Tables } from './tables.ts'

/** The lines of runs' logs, in the table `run_log`. */
export function logStore(database: Kysely<Tables>): LogStore {
  const ofAttempt = (runId: string, stepId: string, attempt: number) =>
    database
      .selectFrom('run_log')
      .where('run_id', '=', runId)
      .where('step_id', '=', stepId)
      .where('attempt', '=', attempt)
  return {
    linesOf: async (runId, stepId, attempt) => {
      const row = await ofAttempt(runId, stepId, attempt)
        .select(({ fn }) => fn.max('number').as('last'))
        .executeTakeFirst()
      return row?.last === null || row?.last === undefined ? 0 : Number(row.last) + 1
    },
    charactersOf: async (runId) => {
      const row = await database
        .selectFrom('run_log')
        .where('run_id', '=', runId)
        .select(({ fn }) => fn.sum(fn<number>('length', ['text'])).as('characters'))
        .executeTakeFirst()
      return Number(row?.characters ?? 0)
    },
    append: async (runId, stepId, attempt, from, lines) => {
      const rows = lines.map((line, index) => ({
        ...{ run_id: runId, step_id: stepId, attempt, number: from + index },
        ...{ at: line.at, level: line.level, text: line.text },
      }))
      for (const some of chunksOf(rows)) await database.insertInto('run_log').values(some).execute()
    },
    list: async (runId, after, limit) => {
      const rows = await database
        .selectFrom('run_log')
        .selectAll()
        .where('run_id', '=', runId)
        .where('id', '>', after)
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(({ id, step_id, attempt, number, at, level, text }) => ({
        ...{ id, stepId: step_id, attempt, number },
        line: { at, level, text },
      }))
    },
  }
}
