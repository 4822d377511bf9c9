import { PostgresDialect, type Dialect, type PostgresCursor, type PostgresPool, type PostgresQueryResult } from 'kysely'
import pg from 'pg'
import { databasePlace, postgresqlFailure } from './postgresql-failure.ts'

/** A database somewhere else: connections may break, a query that cannot have one within this time is an error. */
const CONNECT_MS = 10_000

/**
 * Kysely's PostgreSQL dialect over a pool. What goes wrong with PostgreSQL itself is thrown as a Refusal of errors.ts.
 *
 * @param url `postgresql://user:password@host/database`
 * @param onLost told when an idle connection breaks; the pool makes another when it needs one
 */
export function openPostgresql(url: string, onLost: (error: Error) => void): Dialect {
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: CONNECT_MS })
  // Without a listener a restart of PostgreSQL would end the whole server.
  pool.on('error', onLost)
  return new PostgresDialect({ pool: toldPool(pool, databasePlace(url)) })
}

/** The pool, whose errors are told in the words of errors.ts. */
function toldPool(pool: pg.Pool, place: string): PostgresPool {
  const tell = (error: unknown): never => {
    throw postgresqlFailure(error, place) ?? error
  }
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect().catch(tell)
      function query<R>(text: string, parameters: ReadonlyArray<unknown>): Promise<PostgresQueryResult<R>>
      function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>
      function query(text: unknown, parameters: ReadonlyArray<unknown> = []): unknown {
        if (typeof text !== 'string') throw new TypeError('nothing here reads by a cursor')
        return client.query(text, [...parameters]).catch(tell)
      }
      return { query, release: (destroy?: boolean) => client.release(destroy) }
    },
  }
}
