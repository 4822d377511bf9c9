import { sql, type Kysely, type Selectable } from 'kysely'
import type { RecordEvent, RecordState, StockRecord } from '../stock/record.ts'
import { chunksOf, fromJson, fromMaybeJson, toJson, toMaybeJson } from './columns.ts'
import type { RecordFilter, RecordStore } from '../stock/record-store.ts'
import type { Tables } from './tables.ts'

function toRecord(row: Selectable<Tables['records']>): StockRecord {
  return {
    id: row.id,
    machineId: row.machine_id,
    state: row.state,
    reason: row.reason,
    sentence: fromMaybeJson(row.words),
    createdAt: new Date(row.created_at),
    changedAt: new Date(row.changed_at),
    facts: fromJson(row.facts),
  }
}

function toEvent(row: Selectable<Tables['record_events']>): RecordEvent {
  return {
    id: row.id,
    recordId: row.record_id,
    at: new Date(row.at),
    by: row.made_by,
    from: row.from_state,
    to: row.to_state,
    reason: row.reason,
    sentence: fromMaybeJson(row.words),
    runId: row.run_id,
  }
}

function pageQuery(database: Kysely<Tables>, { state, after, limit }: RecordFilter) {
  let query = database.selectFrom('records').selectAll()
  if (state !== null) query = query.where('state', '=', state)
  if (after !== null) query = query.where(sql<boolean>`(changed_at, id) < (${after.at}, ${after.id})`)
  return query.orderBy('changed_at', 'desc').orderBy('id', 'desc').limit(limit)
}

/** Stock records and their events, in `records` and `record_events`; events are only ever added. */
export function recordStore(database: Kysely<Tables>): RecordStore {
  const records = () => database.selectFrom('records').selectAll()
  const maybe = (row: Selectable<Tables['records']> | undefined) => (row ? toRecord(row) : null)
  return {
    page: async (filter) => (await pageQuery(database, filter).execute()).map(toRecord),
    counts: async () => {
      const rows = await database
        .selectFrom('records')
        .select(['state', ({ fn }) => fn.countAll().as('n')])
        .groupBy('state')
        .execute()
      return Object.fromEntries(rows.map(({ state, n }) => [state, Number(n)]))
    },
    get: async (id) => maybe(await records().where('id', '=', id).executeTakeFirst()),
    forMachine: async (machineId) => maybe(await records().where('machine_id', '=', machineId).executeTakeFirst()),
    put: async ({ id, machineId, state, reason, sentence, createdAt, changedAt, facts }) => {
      const texts = { words: toMaybeJson(sentence), facts: toJson(facts) }
      const change = { state, reason, ...texts, changed_at: changedAt.toISOString() }
      await database
        .insertInto('records')
        .values({ id, machine_id: machineId, created_at: createdAt.toISOString(), ...change })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(change))
        .execute()
    },
    addEvent: async (event) => {
      const row = await database
        .insertInto('record_events')
        .values({
          record_id: event.recordId,
          at: event.at.toISOString(),
          made_by: event.by,
          from_state: event.from,
          to_state: event.to,
          reason: event.reason,
          words: toMaybeJson(event.sentence),
          run_id: event.runId,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      return { ...event, id: row.id }
    },
    beforeDelivery: async (recordIds) => {
      const found = new Map<string, RecordState>()
      for (const ids of chunksOf(recordIds)) {
        const last = database
          .selectFrom('record_events')
          .select(({ fn }) => fn.max('id').as('id'))
          .where('record_id', 'in', ids)
          .where('to_state', 'not in', ['deploying', 'checking', 'delivered'])
          .groupBy('record_id')
        const query = database.selectFrom('record_events').select(['record_id', 'to_state']).where('id', 'in', last)
        for (const { record_id, to_state } of await query.execute()) found.set(record_id, to_state)
      }
      return found
    },
    events: async (recordId) => {
      const rows = await database
        .selectFrom('record_events')
        .selectAll()
        .where('record_id', '=', recordId)
        .orderBy('id', 'desc')
        .execute()
      return rows.map(toEvent)
    },
  }
}
