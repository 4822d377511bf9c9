import { Kysely, sql } from 'kysely'
import { expect, test } from 'vitest'
import * as first from '../../../../../server/store/migrations/0001-first-tables.ts'
import * as eighth from '../../../../../server/store/migrations/0008-light-lists.ts'
import { sqlWords } from '../../../../../server/store/migrations/column-types.ts'
import { hardwareOf } from '../../../../../server/machines/hardware.ts'
import { machineStore } from '../../../../../server/store/machine-store.ts'
import { openSqlite } from '../../../../../server/store/sqlite-database.ts'
import type { Tables } from '../../../../../server/store/tables.ts'
import { inventory } from '../../deployments/sample.ts'

const seen = '2026-03-02T12:00:00.000Z'

test('what machines said of themselves is still known after the update, and at hand in short', async () => {
  const dialect = openSqlite(':memory:')
  const old = new Kysely<unknown>({ dialect })
  await first.up(old, sqlWords.sqlite)
  const said = inventory({ disks: 2 })
  for (const [id, code, text] of [
    ['described', 'C3F7', JSON.stringify(said)],
    ['silent', 'D4G7', null],
  ])
    await sql`INSERT INTO machines (id, code, macs, first_seen_at, last_seen_at, inventory)
      VALUES (${id}, ${code}, '[]', ${seen}, ${seen}, ${text})`.execute(old)
  await eighth.up(old, sqlWords.sqlite)
  const machines = machineStore(new Kysely<Tables>({ dialect }))
  expect(await machines.get('described')).toMatchObject({ code: 'C3F7', hardware: hardwareOf(said) })
  expect(await machines.inventoryOf('described')).toEqual(said)
  expect(await machines.get('silent')).toMatchObject({ code: 'D4G7', hardware: null })
  expect(await machines.inventoryOf('silent')).toBeNull()
  await old.destroy()
})
