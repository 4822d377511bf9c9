import { Kysely, sql } from 'kysely'
import { expect, test } from 'vitest'
import { openSqlite } from '../../../../../server/store/sqlite-database.ts'
import * as first from '../../../../../server/store/migrations/0001-first-tables.ts'
import * as second from '../../../../../server/store/migrations/0002-windows-half.ts'
import * as third from '../../../../../server/store/migrations/0003-no-settings.ts'
import * as fourth from '../../../../../server/store/migrations/0004-step-states.ts'
import * as fifth from '../../../../../server/store/migrations/0005-pinned-disks.ts'
import { sqlWords } from '../../../../../server/store/migrations/column-types.ts'
import { runStore } from '../../../../../server/store/run-store.ts'
import type { Tables } from '../../../../../server/store/tables.ts'

const began = '2026-03-02T12:00:00.000Z'
const heard = '2026-03-02T12:00:04.000Z'
const [startedAt, heardAt] = [new Date(began), new Date(heard)]

type OldStep = {
  status: string
  served?: number
  leaving?: number
  started?: string
  heard?: string
  ended?: string
}

/** The tables of before, with one run whose steps stand so. */
async function fillOldTables(database: Kysely<unknown>, steps: OldStep[]): Promise<void> {
  await first.up(database, sqlWords.sqlite)
  await second.up(database, sqlWords.sqlite)
  await third.up(database)
  await sql`INSERT INTO machines (id, code, macs, first_seen_at, last_seen_at) VALUES ('m', 'C3F7', '[]', ${began}, ${began})`.execute(
    database,
  )
  await sql`INSERT INTO runs (id, machine_id, sequence_id, sequence_name, sequence_version, variables, facts, state, state_step, created_at, created_by)
    VALUES ('r', 'm', 's', 'S', '1', '{}', '{}', 'running', 0, ${began}, 'paul')`.execute(database)
  for (const [index, { status, served = 0, leaving = 0, ...times }] of steps.entries()) {
    const { started = null, heard = null, ended = null } = times
    await sql`INSERT INTO run_steps (run_id, idx, id, phase, type, name, input, template, weight, continue_on_error, retries,
        retried, interruptions, attempt, served, leaving, status, started_at, heard_at, ended_at, ignored, reason)
      VALUES ('r', ${index}, ${`windows-${index + 1}`}, 'windows', 'windows-update', '{"fr":"a","en":"a"}', '{}', '{}', 0.1, 0, 0,
        0, 0, 1, ${served}, ${leaving}, ${status}, ${started}, ${heard}, ${ended}, 0, '{"fr":"b","en":"b"}')`.execute(
      database,
    )
  }
}

const rows: Array<[string, OldStep, object]> = [
  ['to come', { status: 'pending' }, { kind: 'pending' }],
  ['handed out', { status: 'pending', served: 1 }, { kind: 'served', after: null }],
  [
    'handed out again after a restart of the machine',
    { status: 'pending', served: 1, heard },
    { kind: 'served', after: { heardAt, startedAt: null } },
  ],
  [
    'to go on after a restart it announced',
    { status: 'pending', started: began, heard },
    { kind: 'interrupted', startedAt, heardAt },
  ],
  ['cut off', { status: 'pending', heard }, { kind: 'interrupted', startedAt: null, heardAt }],
  [
    'under way',
    { status: 'running', served: 1, started: began, heard },
    { kind: 'running', startedAt, heardAt, progress: null },
  ],
  [
    'restarting the machine',
    { status: 'running', served: 1, leaving: 1, started: began, heard },
    { kind: 'restarting', startedAt, heardAt, progress: null },
  ],
  [
    'done',
    { status: 'done', served: 1, started: began, ended: heard },
    { kind: 'done', startedAt, endedAt: heardAt, result: {} },
  ],
  ['skipped', { status: 'skipped' }, { kind: 'skipped', reason: { fr: 'b', en: 'b' } }],
]

test('a run that goes on while the server is updated stands where it stood', async () => {
  const dialect = openSqlite(':memory:')
  const old = new Kysely<unknown>({ dialect })
  await fillOldTables(
    old,
    rows.map(([, step]) => step),
  )
  await fourth.up(old)
  await fifth.up(old)
  const run = await runStore(new Kysely<Tables>({ dialect })).get('r')
  await old.destroy()
  expect(run?.steps.map(({ status }, index) => [rows[index]?.[0], status])).toEqual(
    rows.map(([name, , status]) => [name, status]),
  )
})
