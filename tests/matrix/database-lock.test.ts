import { randomBytes } from 'node:crypto'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { launchServer, type ServerProgram } from '../machine/server-program.ts'

const name = `etabli_lock_${randomBytes(6).toString('hex')}`
const server = process.env['TEST_DATABASE_URL'] ?? ''
const own = new URL(server)
own.pathname = `/${name}`

let admin: pg.Client
let scratch: string
let programs: ChildProcess[]
beforeEach(async () => {
  admin = new pg.Client({ connectionString: server })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${name}`)
  scratch = mkdtempSync(join(tmpdir(), 'etabli-lock-'))
  programs = []
})
afterEach(async () => {
  for (const program of programs) program.kill('SIGKILL')
  await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
  await admin.end()
  rmSync(scratch, { recursive: true, force: true })
})

/** A server with a data folder of its own; the database is the same for all. */
function launch(folder: string, url = own.href): ServerProgram {
  const program = launchServer({ ETABLI_DATA_DIR: join(scratch, folder), DATABASE_URL: url })
  programs.push(program.process)
  return program
}

/** The advisory locks held in the database, by the backends that hold them. */
async function holders(): Promise<{ pid: number; application: string }[]> {
  const { rows } = await admin.query(
    `SELECT l.pid, a.application_name AS application FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
     WHERE l.locktype = 'advisory' AND l.granted AND a.datname = $1`,
    [name],
  )
  return rows
}

test('a second server on one database says who has it; a killed one leaves it free', async () => {
  const first = launch('one')
  await first.ready()
  const second = launch('two')
  expect(await second.exit).toBe(1)
  expect(second.errors()).toContain('(DATABASE_IN_USE)')
  expect(second.errors()).toContain(`processus ${first.process.pid}`)
  expect(second.errors()).not.toMatch(/^\s+at |"stack"/m)
  first.process.kill('SIGKILL')
  await first.exit
  await launch('two').ready()
})

test('one that ends in order leaves it free', async () => {
  const first = launch('one')
  await first.ready()
  first.process.kill('SIGTERM')
  expect(await first.exit).toBe(0)
  expect(await holders()).toEqual([])
})

test('a connection that breaks is made again, and the lock with it', async () => {
  const first = launch('one')
  const url = await first.ready()
  const [before] = await holders()
  await admin.query('SELECT pg_terminate_backend($1)', [before?.pid])
  await expect.poll(() => first.errors(), { timeout: 30_000 }).toContain('database lock taken again')
  const [after] = await holders()
  expect(after?.application).toBe(before?.application)
  expect(after?.pid).not.toBe(before?.pid)
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
})

test('a server whose database another one took meanwhile stops in order, and says so', async () => {
  const first = launch('one')
  await first.ready()
  const [mine] = await holders()
  const rival = new pg.Client({ connectionString: own.href, application_name: 'etabli 4242 elsewhere abc' })
  await rival.connect()
  // The rival waits in line: it has the lock the moment the first one's connection is gone.
  const taken = rival.query('SELECT pg_advisory_lock(1165255010, 1)')
  await admin.query('SELECT pg_terminate_backend($1)', [mine?.pid])
  await taken
  expect(await first.exit).toBe(1)
  expect(first.errors()).toContain('processus 4242 de l’ordinateur elsewhere')
  await rival.end()
})

test('a database that is not there, or that a later version has used, is a sentence', async () => {
  const missing = new URL(server)
  missing.pathname = '/nowhere_to_be_found'
  const first = launch('one', missing.href)
  expect(await first.exit).toBe(1)
  expect(first.errors()).toContain('(DATABASE_SIGN_IN_REFUSED)')

  const second = launch('two')
  await second.ready()
  second.process.kill('SIGTERM')
  await second.exit
  const client = new pg.Client({ connectionString: own.href })
  await client.connect()
  await client.query("INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-tomorrow', '2030')")
  await client.end()
  const third = launch('two')
  expect(await third.exit).toBe(1)
  expect(third.errors()).toContain('(DATABASE_NEWER)')
  expect(third.errors()).not.toMatch(/^\s+at |"stack"/m)
})
