import type { Refusal } from '../refusal/refusal.ts'
import { storeRefusal } from './errors.ts'

/** Of Node's sockets: nobody answers there. */
const unreachable = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['EPIPE', 'ENOENT', 'EACCES'],
])

/**
 * Of PostgreSQL (appendix A of its manual): class 08, connection exceptions; 57P01 to 57P03, it shuts down or starts;
 * 53300, too many connections.
 */
const unreachableStates = /^(08...|57P0[1-3]|53300)$/

/** Wrong user, password or database; a user who may not create tables. */
const refusedStates = /^(28000|28P01|3D000|42501)$/

/** Words of the `pg` package for connections that end under it; these errors have no code. */
const endedWords = /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection/

/** `host:port/database`: what a sentence may say of a URL that holds a password. */
export function databasePlace(url: string): string {
  const { hostname, port, pathname, searchParams } = new URL(url)
  const host = searchParams.get('host') ?? hostname
  return `${host || 'localhost'}${port === '' ? '' : `:${port}`}${pathname}`
}

/** What an error of PostgreSQL or of its connection means to a person; null for one that is a fault of ours. */
export function postgresqlFailure(error: unknown, place: string): Refusal | null {
  if (!(error instanceof Error)) return null
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const refusal = refusalFor(code, place, reasonOf(error, code))
  return refusal && Object.assign(refusal, { cause: error })
}

function refusalFor(code: string, place: string, reason: string): Refusal | null {
  if (code === '53100') return storeRefusal('DATABASE_FULL', { place })
  if (refusedStates.test(code)) return storeRefusal('DATABASE_SIGN_IN_REFUSED', { place, reason })
  if (unreachable.has(code) || unreachableStates.test(code) || (code === '' && endedWords.test(reason)))
    return storeRefusal('DATABASE_UNREACHABLE', { place, reason })
  return null
}

/** An AggregateError, as of a host with several addresses, has no message of its own. */
function reasonOf(error: Error, code: string): string {
  return error.message === '' ? code : error.message
}
