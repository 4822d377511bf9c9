import { Kysely } from 'kysely'
import { expect, test } from 'vitest'
import type { StockRecord } from '../../../../server/stock/record.ts'
import { evidenceStore } from '../../../../server/store/evidence-store.ts'
import { machineStore } from '../../../../server/store/machine-store.ts'
import { migrate } from '../../../../server/store/migrate.ts'
import { recordStore } from '../../../../server/store/record-store.ts'
import { runStore } from '../../../../server/store/run-store.ts'
import { situationStore } from '../../../../server/store/situation-store.ts'
import { openSqlite } from '../../../../server/store/sqlite-database.ts'
import type { Tables } from '../../../../server/store/tables.ts'
import { trailStore } from '../../../../server/store/trail-store.ts'
import { machine, newRun, noon } from '../deployments/sample.ts'

const howMany = 120

function recordOf(id: string): StockRecord {
  return {
    ...{ id: `record-${id}`, machineId: id, state: 'assembled', reason: 'vu', sentence: null },
    ...{ createdAt: noon, changedAt: noon, facts: {} },
  }
}

/** A stock with a run on each machine, and how many statements have been sent since it was filled. */
async function openStock() {
  const said: string[] = []
  const database = new Kysely<Tables>({
    dialect: openSqlite(':memory:'),
    log: ({ query }) => void said.push(query.sql),
  })
  await migrate(database, 'sqlite')
  const ids = Array.from({ length: howMany }, (_, index) => `machine-${index}`)
  for (const [index, id] of ids.entries()) {
    await machineStore(database).put({ ...machine, id, code: `C${index}` })
    await recordStore(database).put(recordOf(id))
    await runStore(database).add({ ...newRun(undefined, {}, `run-${index}`), machineId: id })
  }
  said.length = 0
  return { database, ids, said }
}

test('however many machines a list has, it asks the database as often as for one', async () => {
  const { database, ids, said } = await openStock()
  const records = ids.map((id) => `record-${id}`)
  const asked = async (some: (all: readonly string[]) => readonly string[]) => {
    said.length = 0
    const situations = await situationStore(database).of(some(ids))
    const trails = await trailStore(database).ofMachines(some(ids))
    await trailStore(database).stepsOf([...trails.values()].flatMap((runs) => runs.map(({ id }) => id)))
    await evidenceStore(database).verdictsOf(some(records))
    expect(situations.size).toBe(some(ids).length)
    expect(trails.size).toBe(some(ids).length)
    return said.length
  }
  const one = await asked((all) => all.slice(0, 1))
  expect(await asked((all) => all)).toBe(one)
  await database.destroy()
})

test('where machines stand is found by indexes, without reading whole tables', async () => {
  const { database, ids, said } = await openStock()
  await situationStore(database).of(ids)
  const [query = ''] = said
  const plan = await database.executeQuery<{ detail: string }>({
    ...database.selectFrom('records').selectAll().compile(),
    sql: `EXPLAIN QUERY PLAN ${query}`,
    parameters: ids,
  })
  expect(plan.rows.map(({ detail }) => detail).filter((detail) => detail.startsWith('SCAN'))).toEqual([])
  await database.destroy()
})
