import type { Kysely } from 'kysely'
import type { SessionStore, UserStore } from './parts.ts'
import type { Tables } from './tables.ts'

/** People who may sign in, in the table `users`. */
export function userStore(database: Kysely<Tables>): UserStore {
  const users = () =>
    database.selectFrom('users').select(['name', 'password_hash as passwordHash', 'role', 'created_at as createdAt'])
  return {
    all: async () =>
      (await users().orderBy('name').execute()).map((row) => ({ ...row, createdAt: new Date(row.createdAt) })),
    get: async (name) => {
      const row = await users().where('name', '=', name).executeTakeFirst()
      return row ? { ...row, createdAt: new Date(row.createdAt) } : null
    },
    put: async ({ name, passwordHash, role, createdAt }) => {
      const change = { password_hash: passwordHash, role }
      await database
        .insertInto('users')
        .values({ name, ...change, created_at: createdAt.toISOString() })
        .onConflict((conflict) => conflict.column('name').doUpdateSet(change))
        .execute()
    },
    remove: async (name) => {
      await database.deleteFrom('users').where('name', '=', name).execute()
    },
  }
}

/** Their sessions, in the table `sessions`; a user's go with the user. */
export function sessionStore(database: Kysely<Tables>): SessionStore {
  return {
    get: async (tokenHash) => {
      const row = await database
        .selectFrom('sessions')
        .selectAll()
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst()
      if (!row) return null
      const times = { createdAt: new Date(row.created_at), expiresAt: new Date(row.expires_at) }
      return { tokenHash, user: row.user_name, ...times }
    },
    put: async ({ tokenHash, user, createdAt, expiresAt }) => {
      const change = { user_name: user, expires_at: expiresAt.toISOString() }
      await database
        .insertInto('sessions')
        .values({ token_hash: tokenHash, ...change, created_at: createdAt.toISOString() })
        .onConflict((conflict) => conflict.column('token_hash').doUpdateSet(change))
        .execute()
    },
    remove: async (tokenHash) => {
      await database.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute()
    },
    removeExpired: async (at, madeAfter) => {
      const { numDeletedRows } = await database
        .deleteFrom('sessions')
        .where(({ eb, or }) =>
          or([eb('expires_at', '<=', at.toISOString()), eb('created_at', '>', madeAfter.toISOString())]),
        )
        .executeTakeFirst()
      return Number(numDeletedRows)
    },
    removeOfUser: async (user, exceptHash) => {
      const rows = await database
        .deleteFrom('sessions')
        .where('user_name', '=', user)
        .where('token_hash', '<>', exceptHash ?? '')
        .returning('token_hash')
        .execute()
      return rows.map(({ token_hash }) => token_hash)
    },
  }
}
