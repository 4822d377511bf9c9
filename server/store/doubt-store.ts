import type { Kysely, Selectable } from 'kysely'
import type { Doubt, DoubtStore } from '../machines/doubt.ts'
import { requiredTime } from './columns.ts'
import type { Tables } from './tables.ts'

function toDoubt(row: Selectable<Tables['machine_doubts']>): Doubt {
  const decision: Doubt['decision'] =
    row.decision === 'open'
      ? { kind: 'open' }
      : { kind: 'apart', by: row.decided_by ?? '', at: requiredTime(row.decided_at, 'decided_at') }
  return { machineIds: [row.first_id, row.second_id], reason: row.reason, since: new Date(row.since), decision }
}

/** Doubts between two machines, in the table `machine_doubts`. */
export function doubtStore(database: Kysely<Tables>): DoubtStore {
  return {
    all: async () => (await database.selectFrom('machine_doubts').selectAll().orderBy('since').execute()).map(toDoubt),
    put: async ({ machineIds: [first_id, second_id], reason, since, decision }) => {
      const decided = decision.kind === 'apart' ? decision : null
      const change = {
        ...{ reason, since: since.toISOString(), decision: decision.kind },
        ...{ decided_by: decided?.by ?? null, decided_at: decided?.at.toISOString() ?? null },
      }
      await database
        .insertInto('machine_doubts')
        .values({ first_id, second_id, ...change })
        .onConflict((conflict) => conflict.columns(['first_id', 'second_id']).doUpdateSet(change))
        .execute()
    },
    remove: async ([first, second]) => {
      await database
        .deleteFrom('machine_doubts')
        .where('first_id', '=', first)
        .where('second_id', '=', second)
        .execute()
    },
  }
}
