import { Kysely, sql } from 'kysely'
import { expect, test } from 'vitest'
import { openSqlite } from '../../../../../server/store/sqlite-database.ts'
import { agentKeyStore } from '../../../../../server/store/agent-key-store.ts'
import * as first from '../../../../../server/store/migrations/0001-first-tables.ts'
import * as second from '../../../../../server/store/migrations/0002-windows-half.ts'
import * as seventh from '../../../../../server/store/migrations/0007-proof-of-agents.ts'
import { sqlWords } from '../../../../../server/store/migrations/column-types.ts'
import type { Tables } from '../../../../../server/store/tables.ts'

test('a Windows that is there while the server is updated still proves itself', async () => {
  const dialect = openSqlite(':memory:')
  const old = new Kysely<unknown>({ dialect })
  await first.up(old, sqlWords.sqlite)
  await second.up(old, sqlWords.sqlite)
  const at = '2026-03-02T12:00:00.000Z'
  await sql`INSERT INTO machines (id, code, macs, first_seen_at, last_seen_at) VALUES ('m', 'C3F7', '[]', ${at}, ${at})`.execute(
    old,
  )
  await sql`INSERT INTO runs (id, machine_id, sequence_id, sequence_name, sequence_version, variables, facts, state, created_at, created_by)
    VALUES ('r', 'm', 's', 'S', '1', '{}', '{}', 'running', ${at}, 'paul')`.execute(old)
  await sql`INSERT INTO agent_keys (key_hash, machine_id, run_id, created_at) VALUES ('k', 'm', 'r', ${at})`.execute(
    old,
  )
  await seventh.up(old)
  const key = await agentKeyStore(new Kysely<Tables>({ dialect })).get('k')
  await old.destroy()
  expect(key).toMatchObject({ machineId: 'm', runId: 'r', accepted: true })
})
