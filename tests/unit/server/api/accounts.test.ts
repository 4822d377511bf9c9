import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createRateLimit } from '../../../../server/api/rate-limit.ts'
import { createAccounts, type Accounts } from '../../../../server/api/session/accounts.ts'
import { openStore, type Store } from '../../../../server/store/store.ts'
import { adminPassword, ask, openWorkshop, signIn, type Workshop } from './workshop.ts'

describe('a clock that is set back', () => {
  let store: Store
  let accounts: Accounts
  let wall: Date
  let elapsed: number
  beforeEach(async () => {
    wall = new Date('2040-01-01T00:00:00Z')
    elapsed = 0
    store = await openStore({ url: null, file: ':memory:' })
    const attempts = createRateLimit({ elapsedMs: () => elapsed, burst: 2, refillMs: 20_000, keys: 10 })
    accounts = createAccounts({ store, now: () => wall, attempts })
    await accounts.ensureAdmin(adminPassword)
  })
  afterEach(() => store.close())
  const attempt = (password: string) => accounts.signIn({ user: 'admin', password, from: '10.0.0.9' })

  test('locks nobody out: who waited as long as was asked is let in', async () => {
    await expect(attempt('wrong')).rejects.toMatchObject({ code: 'SIGN_IN_REFUSED' })
    await expect(attempt('wrong')).rejects.toMatchObject({ code: 'SIGN_IN_REFUSED' })
    await expect(attempt(adminPassword)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS', params: { seconds: 20 } })
    wall = new Date('2026-11-26T00:00:00Z')
    elapsed += 20_000
    expect((await attempt(adminPassword)).identity.user).toBe('admin')
  })

  test('leaves no session that lasts for years', async () => {
    const { token } = await attempt(adminPassword)
    expect(await accounts.identify(token)).not.toBeNull()
    wall = new Date('2039-12-31T12:00:00Z')
    expect(await accounts.identify(token)).not.toBeNull()
    wall = new Date('2026-11-26T00:00:00Z')
    expect(await accounts.identify(token)).toBeNull()
  })
})

describe('another password', () => {
  const env: Record<string, string> = {}
  let workshop: Workshop
  beforeEach(async () => {
    workshop = await openWorkshop({ env })
  })
  afterEach(async () => {
    delete env['ETABLI_ADMIN_PASSWORD']
    await workshop.close()
  })
  const statusOf = async (token: string) => (await ask(workshop, 'GET', '/api/session', { token })).status
  const next = 'un-autre-mot-de-passe'

  test('ends every other session of its user, streams of events too, and keeps the one it came by', async () => {
    const [mine, other] = [await signIn(workshop), await signIn(workshop)]
    const headers = { authorization: `Bearer ${other}` }
    const stream = await fetch(`${workshop.url}/api/events`, { headers })
    const heard = stream.text()
    const changed = await ask(workshop, 'PUT', '/api/session/password', {
      token: mine,
      json: { current: adminPassword, next },
    })
    expect(changed.status).toBe(204)
    expect(await heard).toContain('event: begin')
    expect([await statusOf(mine), await statusOf(other)]).toEqual([200, 401])
    await expect(signIn(workshop)).rejects.toThrow('401')
    expect(await statusOf(await signIn(workshop, 'admin', next))).toBe(200)
  })

  test('is not set by who does not know the one before', async () => {
    const token = await signIn(workshop)
    const json = { current: 'a-guess', next }
    const refused = await ask(workshop, 'PUT', '/api/session/password', { token, json })
    expect([refused.status, refused.body['code']]).toEqual([403, 'PASSWORD_WRONG'])
    expect(await statusOf(await signIn(workshop))).toBe(200)
  })

  test('that the operator sets ends every session of admin; the same one ends none', async () => {
    const token = await signIn(workshop)
    await workshop.restart()
    expect(await statusOf(token)).toBe(200)
    env['ETABLI_ADMIN_PASSWORD'] = next
    await workshop.restart()
    expect(await statusOf(token)).toBe(401)
  })

  test('signing out ends the stream of events too', async () => {
    const token = await signIn(workshop)
    const stream = await fetch(`${workshop.url}/api/events`, { headers: { authorization: `Bearer ${token}` } })
    const heard = stream.text()
    expect((await ask(workshop, 'DELETE', '/api/session', { token })).status).toBe(204)
    expect(await heard).toContain('event: begin')
  })
})
