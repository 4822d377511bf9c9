import { requestRefusal } from '../messages.ts'
import type { Role, Store } from '../../store/parts.ts'
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
   * Makes `admin` when nobody can sign in yet, or gives it the password the operator set.
   *
   * @returns the password that was made, to be shown once; null when the operator chose it or it exists already.
   */
  ensureAdmin(chosen: string | null): Promise<string | null>
}

export const sessionDays = 30
const dayMs = 86_400_000

/** Accounts over a store. `attempts` limits failed sign-ins by client address. */
export function createAccounts(dependencies: {
  store: Pick<Store, 'users' | 'sessions'>
  now: () => Date
  attempts: RateLimit
}): Accounts {
  const { store, now, attempts } = dependencies

  async function setAdmin(password: string): Promise<void> {
    const passwordHash = await hashPassword(password)
    await store.users.put({ name: 'admin', passwordHash, role: 'manager', createdAt: now() })
  }

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
      await store.sessions.removeExpired(createdAt)
      const expiresAt = new Date(createdAt.getTime() + sessionDays * dayMs)
      await store.sessions.put({ tokenHash, user: account.name, createdAt, expiresAt })
      return { token, identity: { user: account.name, role: account.role, tokenHash } }
    },
    async identify(token) {
      const tokenHash = hashToken(token)
      const session = await store.sessions.get(tokenHash)
      if (!session || session.expiresAt <= now()) return null
      const account = await store.users.get(session.user)
      return account ? { user: account.name, role: account.role, tokenHash } : null
    },
    signOut: (identity) => store.sessions.remove(identity.tokenHash),
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
