import { PostgresDialect, type Dialect } from 'kysely'
import pg from 'pg'

/** A database somewhere else: connections may break, a query that cannot have one within this time is an error. */
const CONNECT_MS = 10_000

/**
 * Kysely's PostgreSQL dialect over a pool.
 *
 * @param url `postgresql://user:password@host/database`
 * @param onLost told when an idle connection breaks; the pool makes another when it needs one
 */
export function openPostgresql(url: string, onLost: (error: Error) => void): Dialect {
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: CONNECT_MS })
  // Without a listener a restart of PostgreSQL would end the whole server.
  pool.on('error', onLost)
  return new PostgresDialect({ pool })
}
