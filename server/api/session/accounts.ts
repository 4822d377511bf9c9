import { requestRefusal } from '../messages.ts'
import type { Role, Store, User } from '../../store/parts.ts'
import type { RateLimit } from '../rate-limit.ts'
import { hashToken, mintToken } from '../token.ts'
import { hashPassword, makePassword, verifyPassword } from './password.ts'

/** Who makes a request. */
export type Identity = { user: string; role: Role; tokenHash: string }

export type Accounts = {
  /** Throws Refusal SIGN_IN_REFUSED, TOO_MANY_REQUESTS. `from` is the client's address. */
  signIn(request: { user: string; password: string; from: string }): Promise<{ token: string; identity: Identity }>
  identify(token: string): Promise<Identity | null>
  signOut(identity: Identity): Promise<void>
  /**
   * Gives whoever is signed in another password, and ends every other session of theirs. Throws Refusal PASSWORD_WRONG,
   * TOO_MANY_REQUESTS.
   */
  changePassword(identity: Identity, change: { current: string; next: string; from: string }): Promise<void>
  /** Calls back with the hash of a session's token the moment it is ended; returns how to stop. */
  onEnded(listener: (tokenHash: string) => void): () => void
  /**
   * Makes `admin` when nobody can sign in yet, or gives it the password the operator set.
   *
   * @returns the password that was made, to be shown once; null when the operator chose it or it exists already.
   */
  ensureAdmin(chosen: string | null): Promise<string | null>
}

export const sessionDays = 30
const dayMs = 86_400_000

/**
 * A session made later than this was made by a clock that has been set back since: it would last for years. A day off is
 * how far clocks are set in a workshop without anybody noticing.
 */
const soonest = (now: Date): Date => new Date(now.getTime() + dayMs)

/** Accounts over a store. `attempts` limits failed sign-ins by client address. */
export function createAccounts(dependencies: {
  store: Pick<Store, 'users' | 'sessions'>
  now: () => Date
  attempts: RateLimit
}): Accounts {
  const { store, now, attempts } = dependencies
  const listeners = new Set<(tokenHash: string) => void>()

  function ended(tokenHashes: readonly string[]): void {
    for (const tokenHash of tokenHashes) for (const listener of listeners) listener(tokenHash)
  }

  /** A password that somebody else may know opens nothing any more: neither do the sessions it has opened. */
  async function setPassword(user: Omit<User, 'passwordHash'>, password: string, keptSession: string | null) {
    await store.users.put({ ...user, passwordHash: await hashPassword(password) })
    ended(await store.sessions.removeOfUser(user.name, keptSession))
  }

  const setAdmin = (password: string): Promise<void> =>
    setPassword({ name: 'admin', role: 'manager', createdAt: now() }, password, null)

  return {
    async signIn({ user, password, from }) {
      // By address and not by name: nobody can lock a colleague out by typing wrong passwords for them.
      const seconds = attempts.take(from)
      if (seconds > 0) throw requestRefusal('TOO_MANY_REQUESTS', { seconds })
      const account = await store.users.get(user)
      // An unknown user costs as much time as a known one, so that names cannot be guessed by the clock.
      const right = await verifyPassword(password, account?.passwordHash ?? (await hashOfNobody()))
      if (!account || !right) throw requestRefusal('SIGN_IN_REFUSED')
      attempts.forgive(from)
      const token = mintToken()
      const tokenHash = hashToken(token)
      const createdAt = now()
      await store.sessions.removeExpired(createdAt, soonest(createdAt))
      const expiresAt = new Date(createdAt.getTime() + sessionDays * dayMs)
      await store.sessions.put({ tokenHash, user: account.name, createdAt, expiresAt })
      return { token, identity: { user: account.name, role: account.role, tokenHash } }
    },
    async identify(token) {
      const tokenHash = hashToken(token)
      const session = await store.sessions.get(tokenHash)
      if (!session || session.expiresAt <= now() || session.createdAt > soonest(now())) return null
      const account = await store.users.get(session.user)
      return account ? { user: account.name, role: account.role, tokenHash } : null
    },
    async signOut(identity) {
      await store.sessions.remove(identity.tokenHash)
      ended([identity.tokenHash])
    },
    async changePassword(identity, { current, next, from }) {
      const seconds = attempts.take(from)
      if (seconds > 0) throw requestRefusal('TOO_MANY_REQUESTS', { seconds })
      const account = await store.users.get(identity.user)
      if (!account || !(await verifyPassword(current, account.passwordHash))) throw requestRefusal('PASSWORD_WRONG')
      attempts.forgive(from)
      await setPassword(account, next, identity.tokenHash)
    },
    onEnded(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async ensureAdmin(chosen) {
      const admin = await store.users.get('admin')
      if (chosen !== null) {
        if (!admin || !(await verifyPassword(chosen, admin.passwordHash))) await setAdmin(chosen)
        return null
      }
      if (admin) return null
      const made = makePassword()
      await setAdmin(made)
      return made
    },
  }
}

let nobody: Promise<string> | undefined
function hashOfNobody(): Promise<string> {
  nobody ??= hashPassword(makePassword())
  return nobody
}
