import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { openStore, type Store } from '../../../../server/store/store.ts'
import { canRun } from '../../../machine/requirements.ts'

/** A database to run a suite against: each call opens an empty one. */
export type Database = { name: string; skip: string | null; open(): Promise<Store> }

const url = process.env['TEST_DATABASE_URL']

/** An empty database of its own on the server that TEST_DATABASE_URL names, gone when the store is closed. */
async function openEmptyPostgresql(server: string): Promise<Store> {
  const name = `etabli_test_${randomBytes(6).toString('hex')}`
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${name}`)
  const own = new URL(server)
  own.pathname = `/${name}`
  const store = await openStore({ url: own.href, file: '' })
  return {
    ...store,
    close: async () => {
      await store.close()
      await admin.query(`DROP DATABASE ${name}`)
      await admin.end()
    },
  }
}

export const databases: Database[] = [
  { name: 'SQLite', skip: null, open: () => openStore({ url: null, file: ':memory:' }) },
  {
    name: 'PostgreSQL',
    skip: url === undefined ? 'npm run test:matrix starts one, or set TEST_DATABASE_URL' : null,
    open: () => openEmptyPostgresql(url ?? ''),
  },
]

for (const { name, skip } of databases) canRun(`stores in ${name}`, skip)
