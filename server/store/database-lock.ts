import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Sentence } from '../../text/sentence.ts'
import { storeRefusal } from './errors.ts'
import { describeHolder } from './holder.ts'
import { databasePlace, postgresqlFailure } from './postgresql-failure.ts'

/** A PostgreSQL database that this server alone uses until it lets go. */
export type DatabaseLock = { release(): Promise<void> }

export type DatabaseLockOptions = {
  url: string
  /** `name` tells this life of this server from every other. */
  holder: { pid: number; host: string; name: string }
  /** The connection that held the lock broke; it is being taken again. */
  onBroken: (error: Error) => void
  onRetaken: () => void
  /** Another server took it meanwhile: this one has to stop. */
  onLost: (error: Error) => void
}

/** The two numbers of the advisory lock: "Etab" in ASCII, and the first use we make of it. */
const key = [0x45746162, 1] as const
/** A server that was killed a moment ago may still be there for PostgreSQL. */
const patienceMs = 5000
const againMs = 500

/**
 * Takes a database for one server by an advisory lock on a connection of its own, held for life: PostgreSQL lets go of it
 * when the connection ends. A computer that vanishes is noticed within half a minute (TCP keep-alive). A pooler between
 * that shares connections (PgBouncer in transaction mode) keeps no such lock: DATABASE_URL has to lead past it.
 *
 * @throws Refusal DATABASE_IN_USE, DATABASE_UNREACHABLE, DATABASE_SIGN_IN_REFUSED
 */
export async function lockDatabase(options: DatabaseLockOptions): Promise<DatabaseLock> {
  const place = databasePlace(options.url)
  const closing = new AbortController()
  let client = await takeWithin(options, place, Date.now() + patienceMs)
  watch(client)

  function watch(held: pg.Client): void {
    let reason = new Error('the connection ended')
    held.on('error', (error) => (reason = error))
    held.once('end', () => void retake(reason))
  }

  async function retake(reason: Error): Promise<void> {
    if (closing.signal.aborted) return
    options.onBroken(reason)
    while (!closing.signal.aborted) {
      try {
        const next = await takeWithin(options, place, 0)
        if (closing.signal.aborted) return await next.end()
        client = next
        watch(client)
        return options.onRetaken()
      } catch (error) {
        if (isTaken(error)) return options.onLost(error)
        // PostgreSQL is away: so is every query of ours, and the next try comes soon.
        await pause(againMs, undefined, { signal: closing.signal }).catch(() => undefined)
      }
    }
  }

  return {
    release: async () => {
      closing.abort()
      await client.end()
    },
  }
}

function isTaken(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'DATABASE_IN_USE'
}

/** Takes the lock on a new connection; tries again until the time given while another has it. */
async function takeWithin(options: DatabaseLockOptions, place: string, untilMs: number): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: options.url,
    application_name: applicationName(options.holder),
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    // A computer that lost its power says nothing any more: PostgreSQL asks after 10 s, then three times.
    await client.query('SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3')
    for (;;) {
      if (await tryLock(client)) return client
      const holder = await readHolder(client)
      if (holder?.application === applicationName(options.holder)) {
        // Our own connection from before, which broke on our side only.
        await client.query('SELECT pg_terminate_backend($1)', [holder.backend])
      } else if (Date.now() > untilMs) {
        throw storeRefusal('DATABASE_IN_USE', { place, holder: describe(holder) })
      }
      await pause(againMs)
    }
  } catch (error) {
    await client.end().catch(() => undefined)
    throw postgresqlFailure(error, place) ?? error
  }
}

async function tryLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS taken', [...key])
  return rows[0]?.taken === true
}

type HoldingBackend = { backend: number; application: string | null; since: Date | null }

async function readHolder(client: pg.Client): Promise<HoldingBackend | null> {
  const { rows } = await client.query<HoldingBackend>(
    `SELECT l.pid AS backend, a.application_name AS application, a.backend_start AS since
     FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
     WHERE l.locktype = 'advisory' AND l.granted AND l.classid = $1 AND l.objid = $2 AND l.objsubid = 2
       AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [...key],
  )
  return rows[0] ?? null
}

/** PostgreSQL cuts a name at 63 bytes. */
function applicationName({ pid, host, name }: DatabaseLockOptions['holder']): string {
  return `etabli ${pid} ${host.slice(0, 30)} ${name}`.slice(0, 63)
}

function describe(holder: HoldingBackend | null): Sentence {
  const [, pid, host] = /^etabli (\d+) (\S+) /.exec(holder?.application ?? '') ?? []
  if (pid === undefined || host === undefined) return describeHolder(null)
  return describeHolder({ pid: Number(pid), host, since: holder?.since?.toISOString() ?? '…', url: null })
}
