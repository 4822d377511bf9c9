import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Value } from 'typebox/value'
import { SessionView } from '../../../../server/api/session/schema.ts'
import { hashPassword } from '../../../../server/api/session/password.ts'
import { openStore } from '../../../../server/store/store.ts'
import { join } from 'node:path'
import { adminPassword, ask, openWorkshop, signIn, type Workshop } from './workshop.ts'

let workshop: Workshop
beforeAll(async () => {
  workshop = await openWorkshop()
})
afterAll(() => workshop.close())

describe('signing in', () => {
  test('gives a cookie that scripts cannot read and other sites cannot use', async () => {
    const { status, headers, body } = await ask(workshop, 'POST', '/api/session', {
      json: { user: 'admin', password: adminPassword },
    })
    expect(status).toBe(200)
    expect(Value.Check(SessionView, body)).toBe(true)
    expect(body).toMatchObject({ user: 'admin', role: 'manager', server: { dhcpMode: 'off', environment: 'missing' } })
    expect(headers.get('set-cookie')).toMatch(
      /^etabli_session=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/,
    )
  })

  test('works by cookie and by bearer token, until signing out', async () => {
    const token = await signIn(workshop)
    expect((await ask(workshop, 'GET', '/api/session', { token })).body).toMatchObject({ user: 'admin' })
    const headers = { cookie: `etabli_session=${token}` }
    expect((await ask(workshop, 'GET', '/api/session', { headers })).status).toBe(200)
    expect((await ask(workshop, 'DELETE', '/api/session', { headers })).status).toBe(204)
    expect((await ask(workshop, 'GET', '/api/session', { token })).status).toBe(401)
  })

  test('does not store the token itself', async () => {
    const token = await signIn(workshop)
    const { readFileSync, readdirSync } = await import('node:fs')
    for (const name of readdirSync(workshop.dataDir).filter((each) => each.startsWith('etabli.db'))) {
      expect(readFileSync(join(workshop.dataDir, name)).includes(token)).toBe(false)
    }
  })

  test('survives a restart of the server', async () => {
    const token = await signIn(workshop)
    await workshop.restart()
    expect((await ask(workshop, 'GET', '/api/session', { token })).status).toBe(200)
  })

  test.each([
    ['fr', 'Ce nom et ce mot de passe ne vont pas ensemble.'],
    ['en-GB', 'This name and this password do not belong together.'],
  ])('is refused in the language asked for (%s), the same way for a wrong name', async (language, message) => {
    for (const user of ['admin', 'nobody']) {
      const { status, body } = await ask(workshop, 'POST', '/api/session', {
        json: { user, password: 'wrong-password' },
        headers: { 'accept-language': language },
      })
      expect(status).toBe(401)
      expect(body).toMatchObject({ code: 'SIGN_IN_REFUSED', message })
      expect(body['fix']).not.toBe('')
    }
  })
})

describe('who may do what', () => {
  const addresses: Array<[method: string, path: string]> = [
    ['GET', '/api/session'],
    ['GET', '/api/machines'],
    ['PATCH', '/api/machines/x'],
    ['GET', '/api/machines/x/trace'],
    ['GET', '/api/deployments'],
    ['POST', '/api/deployments'],
    ['POST', '/api/deployments/x/cancel'],
    ['GET', '/api/images'],
    ['GET', '/api/images/space'],
    ['DELETE', '/api/images/x'],
    ['GET', '/api/imports'],
    ['POST', '/api/imports'],
    ['PUT', '/api/imports/x/content'],
    ['GET', '/api/sequences'],
    ['PUT', '/api/sequences/x'],
    ['GET', '/api/stock'],
    ['POST', '/api/stock/x/transitions'],
    ['GET', '/api/events'],
    ['GET', '/api/openapi.json'],
    ['GET', '/api/nothing'],
  ]

  test.each(addresses)('%s %s needs a session', async (method, path) => {
    const { status, body } = await ask(workshop, method, path)
    expect([status, body['code']]).toEqual([401, 'SESSION_REQUIRED'])
    const forged = await ask(workshop, method, path, { token: 'x'.repeat(43) })
    expect(forged.status).toBe(401)
  })

  test.each([
    ['GET', '/api/machines/none', 'MACHINE_UNKNOWN'],
    ['GET', '/api/machines/none/trace', 'MACHINE_UNKNOWN'],
    ['GET', '/api/deployments/none', 'RUN_UNKNOWN'],
    ['GET', '/api/deployments/none/log', 'RUN_UNKNOWN'],
    ['POST', '/api/deployments/none/cancel', 'RUN_UNKNOWN'],
    ['POST', '/api/deployments/none/retry', 'RUN_UNKNOWN'],
    ['GET', '/api/stock/none', 'RECORD_UNKNOWN'],
    ['GET', '/api/stock/none/history', 'RECORD_UNKNOWN'],
    ['DELETE', '/api/images/none', 'IMAGE_NOT_FOUND'],
    ['DELETE', '/api/imports/none', 'IMPORT_NOT_FOUND'],
    ['GET', '/api/sequences/none', 'SEQUENCE_UNKNOWN'],
    ['GET', '/api/nothing', 'NOT_FOUND'],
  ])('%s %s is not found, in words', async (method, path, code) => {
    const token = await signIn(workshop)
    const { status, body } = await ask(workshop, method, path, { token })
    expect([status, body['code']]).toEqual([404, code])
    expect(body['message']).not.toBe('')
  })

  test('the screen on the wall reads and touches nothing; a technician leaves images and sequences alone', async () => {
    await workshop.close()
    workshop = await openWorkshop()
    const store = await openStore({ url: null, file: join(workshop.dataDir, 'etabli.db') })
    for (const role of ['screen', 'technician'] as const) {
      const passwordHash = await hashPassword('mot-de-passe')
      await store.users.put({ name: role, passwordHash, role, createdAt: new Date() })
    }
    await store.close()
    const screen = await signIn(workshop, 'screen', 'mot-de-passe')
    const technician = await signIn(workshop, 'technician', 'mot-de-passe')
    const codeOf = async (token: string, method: string, path: string, json?: unknown) =>
      (await ask(workshop, method, path, { token, json })).body['code']
    expect((await ask(workshop, 'GET', '/api/machines', { token: screen })).status).toBe(200)
    expect(await codeOf(screen, 'POST', '/api/deployments', {})).toBe('ROLE_INSUFFICIENT')
    expect(await codeOf(screen, 'PATCH', '/api/machines/x', {})).toBe('ROLE_INSUFFICIENT')
    expect(await codeOf(technician, 'POST', '/api/deployments', {})).toBe('REQUEST_INVALID')
    expect(await codeOf(technician, 'DELETE', '/api/images/x')).toBe('ROLE_INSUFFICIENT')
    expect(await codeOf(technician, 'DELETE', '/api/machines/x')).toBe('ROLE_INSUFFICIENT')
    expect(await codeOf(technician, 'POST', '/api/imports', { path: '/etc/shadow' })).toBe('ROLE_INSUFFICIENT')
    expect((await ask(workshop, 'DELETE', '/api/session', { token: screen })).status).toBe(204)
  })
})

describe('a page of another site', () => {
  test.each([
    [{ origin: 'http://evil.example' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
  ])('cannot change anything (%o)', async (headers) => {
    const token = await signIn(workshop)
    const cookie = `etabli_session=${token}`
    const json = { user: 'admin', password: adminPassword }
    const sent = await ask(workshop, 'POST', '/api/session', { json, headers: { ...headers, cookie } })
    expect([sent.status, sent.body['code']]).toEqual([403, 'ORIGIN_REFUSED'])
  })

  test('cannot send a form for JSON', async () => {
    const token = await signIn(workshop)
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      const headers = { 'content-type': type }
      const { status, body } = await ask(workshop, 'POST', '/api/deployments', { token, raw: '{}', headers })
      expect([status, body['code']]).toEqual([415, 'CONTENT_TYPE_UNKNOWN'])
    }
  })
})

describe('the border', () => {
  test('says what is wrong with a request', async () => {
    const token = await signIn(workshop)
    const headers = { 'accept-language': 'en' }
    const { status, body } = await ask(workshop, 'POST', '/api/deployments', {
      token,
      headers,
      json: { machineIds: [] },
    })
    expect(status).toBe(400)
    expect(body).toMatchObject({ code: 'REQUEST_INVALID', fix: expect.stringContaining('/api/openapi.json') })
    expect(body['message']).toMatch(/^The request is not valid: body\S* (lacks "sequenceId"|has too few items)/)
    const french = await ask(workshop, 'POST', '/api/deployments', {
      token,
      headers: { 'accept-language': 'fr' },
      json: {},
    })
    expect(french.body['message']).toMatch(/body n’a pas «\u202fmachineIds/)
  })

  test('refuses what is no JSON, and what is too large', async () => {
    const token = await signIn(workshop)
    const headers = { 'content-type': 'application/json' }
    const broken = await ask(workshop, 'POST', '/api/deployments', { token, headers, raw: '{"a":' })
    expect([broken.status, broken.body['code']]).toEqual([400, 'JSON_INVALID'])
    const large = await ask(workshop, 'POST', '/api/deployments', { token, headers, raw: `"${'x'.repeat(300_000)}"` })
    expect([large.status, large.body['code']]).toEqual([413, 'BODY_TOO_LARGE'])
  })

  test('tells browsers to trust nothing but this server', async () => {
    const { headers } = await ask(workshop, 'GET', '/')
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('describes itself', async () => {
    const token = await signIn(workshop)
    const { body } = await ask<{ openapi: string; paths: Record<string, unknown> }>(
      workshop,
      'GET',
      '/api/openapi.json',
      {
        token,
      },
    )
    expect(body.openapi).toBe('3.1.0')
    expect(Object.keys(body.paths)).toContain('/api/deployments/{id}/cancel')
    expect(Object.keys(body.paths).filter((path) => !path.startsWith('/api/'))).toEqual([])
  })

  test('is healthy and measured without a session', async () => {
    expect((await ask(workshop, 'GET', '/healthz')).body).toEqual({ status: 'ok' })
    const { body, headers } = await ask<string>(workshop, 'GET', '/metrics')
    expect(headers.get('content-type')).toContain('version=0.0.4')
    expect(body).toContain('etabli_runs_active{state="running"} 0')
  })
})

test('slows down who guesses passwords, and lets them in again after a while', async () => {
  const codes = []
  for (let attempt = 0; attempt < 12; attempt += 1) {
    const json = { user: 'admin', password: `guess-${attempt}` }
    const { status, headers } = await ask(workshop, 'POST', '/api/session', { json })
    codes.push(status)
    if (status === 429) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  }
  expect(codes.slice(0, 8)).not.toContain(429)
  expect(codes.at(-1)).toBe(429)
})
