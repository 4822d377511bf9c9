import { Kysely, sql } from 'kysely'
import { expect, test } from 'vitest'
import { leaseStore } from '../../../../../server/store/lease-store.ts'
import * as first from '../../../../../server/store/migrations/0001-first-tables.ts'
import * as eleventh from '../../../../../server/store/migrations/0011-lease-grants.ts'
import { sqlWords } from '../../../../../server/store/migrations/column-types.ts'
import { openSqlite } from '../../../../../server/store/sqlite-database.ts'
import type { Tables } from '../../../../../server/store/tables.ts'

test('a lease of before counts as granted when it began', async () => {
  const dialect = openSqlite(':memory:')
  const old = new Kysely<unknown>({ dialect })
  await first.up(old, sqlWords.sqlite)
  const [began, ends] = ['2026-03-02T12:00:00.000Z', '2026-03-02T13:00:00.000Z']
  await sql`INSERT INTO leases (address, state, client, mac, started_at, expires_at)
    VALUES ('10.0.0.50', 'bound', 'm', 'm', ${began}, ${ends})`.execute(old)
  await eleventh.up(old)
  const [lease] = await leaseStore(new Kysely<Tables>({ dialect })).all()
  await old.destroy()
  expect(lease).toMatchObject({ startedAt: new Date(began), grantedAt: new Date(began), expiresAt: new Date(ends) })
})
