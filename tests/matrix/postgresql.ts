import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

const programs = '/usr/lib/postgresql'
const patienceMs = 60_000

/**
 * For the matrix as a whole (vitest's `globalSetup`): a PostgreSQL of its own in a temporary folder, reached by a Unix
 * socket there and by nothing else. One that `TEST_DATABASE_URL` names is taken instead.
 */
export default async function startPostgresql(): Promise<() => Promise<void>> {
  if (process.env['TEST_DATABASE_URL'] !== undefined) return () => Promise.resolve()
  const folder = mkdtempSync(join(tmpdir(), 'etabli-postgresql-'))
  const bin = newestPrograms()
  const asUser = unprivileged(folder)
  const data = join(folder, 'data')
  const run = (program: string, args: string[]): [string, string[]] => {
    const [command = '', ...rest] = [...asUser, join(bin, program), ...args]
    return [command, rest]
  }
  const [initdb, initArgs] = run('initdb', ['-D', data, '-U', 'etabli', '-A', 'trust', '-E', 'UTF8', '--no-sync'])
  execFileSync(initdb, initArgs, { stdio: ['ignore', 'ignore', 'inherit'], cwd: folder })
  // Nothing of it outlives the tests: it need not be safe from a power cut.
  const settings = ['listen_addresses=', 'fsync=off', 'max_connections=200'].flatMap((one) => ['-c', one])
  const [postgres, args] = run('postgres', ['-D', data, '-k', folder, ...settings])
  const server = spawn(postgres, args, { stdio: ['ignore', 'ignore', 'pipe'], cwd: folder })
  let said = ''
  server.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)))
  const url = `postgresql://etabli@localhost/postgres?host=${encodeURIComponent(folder)}`
  await answers(url, () => {
    if (server.exitCode !== null) throw new Error(`PostgreSQL ended with ${server.exitCode}: ${said}`)
  })
  process.env['TEST_DATABASE_URL'] = url
  return async () => {
    const ended = once(server, 'exit')
    // "Fast shutdown": it does not wait for a connection that a test forgot.
    server.kill('SIGINT')
    if (server.exitCode === null) await ended
    rmSync(folder, { recursive: true, force: true })
  }
}

function newestPrograms(): string {
  const versions = existsSync(programs) ? readdirSync(programs).map(Number).filter(Number.isInteger) : []
  if (versions.length === 0) throw new Error('PostgreSQL is not installed (Debian package postgresql)')
  return join(programs, String(Math.max(...versions)), 'bin')
}

/** PostgreSQL refuses to be root: then it is the user its Debian package made. */
function unprivileged(folder: string): string[] {
  if (process.getuid?.() !== 0) return []
  const number = (option: string): number => {
    const { status, stdout } = spawnSync('id', [option, 'postgres'], { encoding: 'utf8' })
    return status === 0 ? Number(stdout) : 65_534
  }
  const [uid, gid] = [number('-u'), number('-g')]
  chownSync(folder, uid, gid)
  return ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--']
}

async function answers(url: string, stillRuns: () => void): Promise<void> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    stillRuns()
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      return await client.end()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
