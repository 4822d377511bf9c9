import { spawnSync, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { canRun } from '../machine/requirements.ts'
import { launchServer, type ServerProgram } from '../machine/server-program.ts'

const isRoot = canRun(
  'a data folder on a small or closed disk',
  process.getuid?.() === 0 ? null : 'mounting needs root',
)

let scratch: string
let dataDir: string
let programs: ChildProcess[]
let mounts: string[]
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'etabli-folder-'))
  dataDir = join(scratch, 'data')
  programs = []
  mounts = []
})
afterEach(() => {
  for (const program of programs) program.kill('SIGKILL')
  for (const mount of mounts) spawnSync('umount', ['--lazy', mount])
  rmSync(scratch, { recursive: true, force: true })
})

const password = 'atelier-de-test'

function launch(env: Record<string, string> = {}): ServerProgram {
  const program = launchServer({ ETABLI_DATA_DIR: dataDir, ETABLI_ADMIN_PASSWORD: password, ...env })
  programs.push(program.process)
  return program
}

/** A small file system of its own, in the mounts of this test only. */
function mountSmall(folder: string, options: string): void {
  mkdirSync(folder, { recursive: true })
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'etabli-small', folder])
  if (status !== 0) throw new Error(String(stderr))
  mounts.push(folder)
}

async function signIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: 'admin', password }),
  })
  return /etabli_session=[^;]+/.exec(answer.headers.get('set-cookie') ?? '')?.[0] ?? ''
}

/** A person reads one sentence with its code: no stack, no source file, no JSON. */
function expectSentence(program: ServerProgram, code: string): void {
  expect(program.errors()).toMatch(new RegExp(`^[^{].*\\(${code}\\)$`, 'm'))
  expect(program.errors()).not.toMatch(/^\s+at |\.ts:\d|node:internal|"stack"/m)
  expect(program.lines).toEqual([])
}

describe('a second server on one data folder', () => {
  test('says who has it and touches nothing, while an import goes on; a killed one leaves it free at once', async () => {
    const first = launch()
    const url = await first.ready()
    const cookie = await signIn(url)
    const content = randomBytes(3_000_000)
    const announced = await fetch(`${url}/api/imports`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ fileName: 'w.wim', sizeBytes: content.length }),
    })
    const { id } = (await announced.json()) as { id: string }
    // What a preparation has under way, and what a start sweeps.
    const underWay = join(dataDir, 'images', '.preparing-famille')
    mkdirSync(underWay)
    const put = request(`${url}/api/imports/${id}/content?offset=0`, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream', 'content-length': content.length, cookie },
    })
    const answered = new Promise<number | undefined>((resolve, reject) => {
      put.on('response', (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      put.on('error', reject)
    })
    put.write(content.subarray(0, 1_000_000))
    const arrived = join(dataDir, 'imports', id, 'source.wim')
    await expect.poll(() => statSync(arrived).size, { timeout: 20_000 }).toBeGreaterThan(0)

    const second = launch()
    expect(await second.exit).toBe(1)
    expectSentence(second, 'DATA_FOLDER_IN_USE')
    expect(second.errors()).toContain(`processus ${first.process.pid}`)
    expect(second.errors()).toContain(url.replace('127.0.0.1', 'localhost'))
    expect(statSync(underWay).isDirectory()).toBe(true)

    put.end(content.subarray(1_000_000))
    expect(await answered).toBe(200)
    expect(readFileSync(arrived).equals(content)).toBe(true)
    first.process.kill('SIGKILL')
    await first.exit
    const third = launch()
    await third.ready()
  })

  test('comes up once the first has ended in order', async () => {
    const first = launch()
    await first.ready()
    first.process.kill('SIGTERM')
    expect(await first.exit).toBe(0)
    await launch().ready()
  })
})

describe('only its owner reads the data folder', () => {
  const modeOf = (...path: string[]): string => (statSync(join(dataDir, ...path)).mode & 0o777).toString(8)

  test('a new one, with everything in it', async () => {
    await launch().ready()
    expect(modeOf()).toBe('700')
    for (const name of ['etabli.db', 'etabli.db-wal', 'etabli.db-shm', 'lock.db']) expect(modeOf(name)).toBe('600')
    for (const name of ['images', 'imports', 'software']) expect(modeOf(name)).toBe('700')
  })

  test('one from before, which is said', async () => {
    mkdirSync(dataDir)
    for (const name of ['etabli.db', 'secrets.yaml', 'etabli.yaml']) {
      writeFileSync(join(dataDir, name), '')
      chmodSync(join(dataDir, name), 0o644)
    }
    chmodSync(dataDir, 0o755)
    const program = launch()
    await program.ready()
    expect(modeOf()).toBe('700')
    for (const name of ['etabli.db', 'secrets.yaml', 'etabli.yaml']) expect(modeOf(name)).toBe('600')
    expect(program.errors()).toMatch(/"DATA_FOLDER_CLOSED".*secrets\.yaml.*"0644"/)
  })
})

describe('a start that cannot be', () => {
  /** A database of a server that has run, its write-ahead log in it. */
  async function usedDatabase(): Promise<string> {
    const first = launch()
    await first.ready()
    first.process.kill('SIGTERM')
    await first.exit
    return join(dataDir, 'etabli.db')
  }

  async function refused(code: string, env: Record<string, string> = {}): Promise<ServerProgram> {
    const program = launch(env)
    expect(await program.exit).toBe(1)
    expectSentence(program, code)
    return program
  }

  test('because the database is no database', async () => {
    mkdirSync(dataDir)
    writeFileSync(join(dataDir, 'etabli.db'), randomBytes(40_000))
    await refused('DATABASE_DAMAGED')
  })

  test.each([
    ['is cut short', (file: string) => truncateSync(file, 20_000)],
    [
      'has pages of noise',
      (file: string) => {
        const bytes = readFileSync(file)
        for (let page = 8192; page < bytes.length; page += 16_384) randomBytes(4096).copy(bytes, page)
        writeFileSync(file, bytes)
      },
    ],
  ])('because the database %s', async (_how, damage) => {
    damage(await usedDatabase())
    await refused('DATABASE_DAMAGED')
  })

  test('because a later version has used the database, which stays as it is', async () => {
    const file = await usedDatabase()
    const database = new DatabaseSync(file)
    database.exec("INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-tomorrow', '2030')")
    database.close()
    const before = readFileSync(file)
    const program = await refused('DATABASE_NEWER')
    expect(program.errors()).toContain('9999-tomorrow')
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  test('because another program holds the database', { timeout: 60_000 }, async () => {
    const other = new DatabaseSync(await usedDatabase())
    other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
    await refused('DATABASE_BUSY')
    other.close()
  })

  test('because the data folder is a file', async () => {
    writeFileSync(dataDir, '')
    await refused('DATA_FOLDER_NOT_WRITABLE')
  })

  test.skipIf(!isRoot)('because the disk is closed to writing', async () => {
    mountSmall(dataDir, 'size=8m,ro')
    await refused('DATA_FOLDER_NOT_WRITABLE')
  })

  test.skipIf(!isRoot)('because the disk is full', async () => {
    mountSmall(dataDir, 'size=64k')
    await refused('DATA_FOLDER_FULL')
  })

  test.each(['fr', 'en'])('because PostgreSQL is away (%s)', async (language) => {
    const url = 'postgresql://etabli:tres-secret@127.0.0.1:1/atelier'
    const program = await refused('DATABASE_UNREACHABLE', { DATABASE_URL: url, ETABLI_LANGUAGE: language })
    expect(program.errors()).toContain('127.0.0.1:1/atelier')
    expect(program.errors()).not.toContain('tres-secret')
  })

  test('because its port is taken, with the code too', async () => {
    const first = launch()
    const url = await first.ready()
    await refused('HTTP_PORT_BUSY', {
      ETABLI_LISTEN: url.replace('http://', ''),
      ETABLI_DATA_DIR: join(scratch, 'other'),
      ETABLI_LOG_LEVEL: 'error',
    })
  })
})
