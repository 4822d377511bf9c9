import type { Kysely } from 'kysely'
import { fromJson, toJson } from './columns.ts'
import type { SettingStore } from './parts.ts'
import type { Tables } from './tables.ts'

/** Small facts by name, in the table `settings`. */
export function settingStore(database: Kysely<Tables>): SettingStore {
  return {
    get: async (name) => {
      const row = await database.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst()
      return row ? fromJson(row.value) : undefined
    },
    put: async (name, value) => {
      const change = { value: toJson(value) }
      await database
        .insertInto('settings')
        .values({ name, ...change })
        .onConflict((conflict) => conflict.column('name').doUpdateSet(change))
        .execute()
    },
  }
}
