import type { Kysely, Selectable } from 'kysely'
import type { EvidenceVerdict, KeptEvidence } from '../stock/evidence.ts'
import { chunksOf, fromJson, toJson } from './columns.ts'
import type { EvidenceStore } from '../stock/record-store.ts'
import type { Tables } from './tables.ts'

function toEvidence(row: Selectable<Tables['evidence']>): KeptEvidence {
  const { run_id, record_id, at, passed, items } = row
  return { runId: run_id, recordId: record_id, at: new Date(at), passed: passed === 1, items: fromJson(items) }
}

/** What checks have measured, in the table `evidence`: the last of each run. */
export function evidenceStore(database: Kysely<Tables>): EvidenceStore {
  return {
    put: async ({ runId, recordId, at, passed, items }) => {
      const flag: 0 | 1 = passed ? 1 : 0
      const change = { record_id: recordId, at: at.toISOString(), passed: flag, items: toJson(items) }
      await database
        .insertInto('evidence')
        .values({ run_id: runId, ...change })
        .onConflict((conflict) => conflict.column('run_id').doUpdateSet(change))
        .execute()
    },
    newestOf: async (recordId) => {
      const row = await database
        .selectFrom('evidence')
        .selectAll()
        .where('record_id', '=', recordId)
        .orderBy('at', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row ? toEvidence(row) : null
    },
    verdictsOf: async (recordIds) => {
      const found = new Map<string, EvidenceVerdict>()
      for (const ids of chunksOf(recordIds)) {
        const rows = await database
          .selectFrom('evidence')
          .select(['run_id', 'record_id', 'at', 'passed'])
          .where('record_id', 'in', ids)
          .orderBy('at')
          .execute()
        // The later of one record goes over the earlier.
        for (const { run_id: runId, record_id: recordId, at, passed } of rows)
          found.set(recordId, { runId, recordId, at: new Date(at), passed: passed === 1 })
      }
      return found
    },
  }
}
