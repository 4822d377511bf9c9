import { statSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore } from '../../../../server/store/store.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'etabli-store-'))
})
afterEach(() => rm(folder, { recursive: true }))

const file = () => join(folder, 'new', 'etabli.db')

test('makes its folder, and opens again with what it held', async () => {
  const first = await openStore({ url: null, file: file() })
  const user = { name: 'paul', passwordHash: 'x', role: 'manager', createdAt: new Date(0) } as const
  await first.users.put(user)
  await first.close()
  const second = await openStore({ url: null, file: file() })
  expect(await second.users.all()).toEqual([user])
  await second.close()
})

test('has strict tables, a write-ahead log and full synchronisation', async () => {
  const store = await openStore({ url: null, file: file() })
  await store.close()
  const database = new DatabaseSync(file())
  const loose = database
    .prepare(
      "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'kysely%'",
    )
    .all()
  const mode = database.prepare('PRAGMA journal_mode').get()
  database.close()
  expect(loose).toEqual([])
  expect(mode).toEqual({ journal_mode: 'wal' })
})

test('refuses a file that is no database, and leaves it as it is', async () => {
  const other = join(folder, 'photo.db')
  await writeFile(other, 'not a database at all, but long enough to look at '.repeat(100))
  await expect(openStore({ url: null, file: other })).rejects.toThrow(/not a database/)
})

test('refuses a database that a later version made', async () => {
  const store = await openStore({ url: null, file: file() })
  await store.close()
  const database = new DatabaseSync(file())
  database.exec("INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-later', '2030-01-01')")
  database.close()
  await expect(openStore({ url: null, file: file() })).rejects.toThrow(/9999-later/)
})

test('copies a log that grows into the file while it is open, in a thread that nobody waits for', async () => {
  const store = await openStore({ url: null, file: file() })
  const before = statSync(file()).size
  const user = (number: number) => ({ name: `u${number}`, passwordHash: 'x'.repeat(4000), createdAt: new Date(0) })
  for (let number = 0; number < 1000; number += 1) await store.users.put({ ...user(number), role: 'manager' })
  await expect.poll(() => statSync(file()).size).toBeGreaterThan(before + 3_000_000)
  await store.close()
  const again = await openStore({ url: null, file: file() })
  expect(await again.users.all()).toHaveLength(1000)
  await again.close()
})
