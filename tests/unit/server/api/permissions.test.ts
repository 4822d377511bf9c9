import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { permissionsOf } from '../../../../server/api/permissions.ts'
import { hashPassword } from '../../../../server/api/session/password.ts'
import type { Role } from '../../../../server/store/parts.ts'
import { openStore } from '../../../../server/store/store.ts'
import { ask, openWorkshop, signIn, type Workshop } from './workshop.ts'

/**
 * Who may call what: every route that changes something, and what it asks for. Reading is for everybody who has signed in.
 * What ends up running as SYSTEM on every machine (images, installers, sequences) is a manager's, all three of them.
 */
const changes: Record<string, 'operate' | 'administer' | 'read' | 'public'> = {
  'POST /api/session/': 'public',
  'DELETE /api/session/': 'read',
  'PUT /api/session/password': 'operate',
  'PATCH /api/machines/{id}': 'operate',
  'DELETE /api/machines/{id}': 'administer',
  'POST /api/machines/{id}/join': 'operate',
  'POST /api/machines/{id}/apart': 'operate',
  'POST /api/deployments/': 'operate',
  'POST /api/deployments/{id}/cancel': 'operate',
  'POST /api/deployments/{id}/retry': 'operate',
  'DELETE /api/images/{id}': 'administer',
  'POST /api/imports/': 'administer',
  'POST /api/imports/{id}/prepare': 'administer',
  'PUT /api/imports/{id}/content': 'administer',
  'DELETE /api/imports/{id}': 'administer',
  'PUT /api/software/{id}/files/{name}': 'administer',
  'PUT /api/sequences/{id}': 'administer',
  'DELETE /api/sequences/{id}': 'administer',
  'POST /api/sequences/check': 'operate',
  'POST /api/sequences/edit': 'operate',
  'POST /api/stock/{id}/transitions': 'operate',
}

const roles = ['screen', 'technician', 'manager'] as const
let workshop: Workshop
let routes: [method: string, path: string][]
beforeAll(async () => {
  workshop = await openWorkshop()
  const store = await openStore({ url: null, file: join(workshop.dataDir, 'etabli.db') })
  for (const role of roles)
    await store.users.put({ name: role, passwordHash: await hashPassword('mot-de-passe'), role, createdAt: new Date() })
  await store.close()
  const token = await signIn(workshop)
  const { body } = await ask<{ paths: Record<string, Record<string, unknown>> }>(workshop, 'GET', '/api/openapi.json', {
    token,
  })
  routes = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method): [string, string] => [method.toUpperCase(), path]),
  )
})
afterAll(() => workshop.close())

const reads = (method: string): boolean => method === 'GET' || method === 'HEAD'

test('every route that changes something stands in this table', () => {
  const found = routes.filter(([method]) => !reads(method)).map(([method, path]) => `${method} ${path}`)
  expect(found.sort()).toEqual(Object.keys(changes).sort())
})

describe.each(roles)('a %s', (role: Role) => {
  test('is refused what is not theirs, and nothing else, by every route', async () => {
    const token = await signIn(workshop, role, 'mot-de-passe')
    const session = await ask<{ permissions: string[] }>(workshop, 'GET', '/api/session', { token })
    // What the dashboard shows its buttons by is what the server holds to.
    expect(session.body.permissions).toEqual(permissionsOf(role))
    for (const [method, path] of routes) {
      const name = `${method} ${path}`
      if (name === 'DELETE /api/session/' || path.startsWith('/api/events')) continue
      const needed = changes[name] ?? 'read'
      const address = path.replaceAll(/\{\w+\}/g, 'x')
      const { status, body } = await ask(workshop, method, address, { token })
      expect([name, status === 403 && body['code'] === 'ROLE_INSUFFICIENT']).toEqual([
        name,
        !session.body.permissions.includes(needed),
      ])
    }
    expect((await ask(workshop, 'DELETE', '/api/session', { token })).status).toBe(204)
  })
})
