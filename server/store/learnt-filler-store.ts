import type { Kysely } from 'kysely'
import type { LearntFillerStore } from '../machines/learnt-fillers.ts'
import type { Tables } from './tables.ts'

/** UUIDs and serials that were seen on too many boards, in the table `learnt_fillers`. */
export function learntFillerStore(database: Kysely<Tables>): LearntFillerStore {
  return {
    all: async () =>
      (await database.selectFrom('learnt_fillers').selectAll().orderBy('since').execute()).map(
        ({ kind, value, since }) => ({ kind, value, since: new Date(since) }),
      ),
    put: async ({ kind, value, since }) => {
      await database
        .insertInto('learnt_fillers')
        .values({ kind, value, since: since.toISOString() })
        .onConflict((conflict) => conflict.columns(['kind', 'value']).doNothing())
        .execute()
    },
  }
}
