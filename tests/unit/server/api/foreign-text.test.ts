import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findTextFault } from '../../../../server/api/foreign-text.ts'
import { nucInventory } from './agent-driver.ts'
import { ask, openWorkshop, signIn, type Workshop } from './workshop.ts'

let workshop: Workshop
let token: string
beforeAll(async () => {
  workshop = await openWorkshop()
  token = await signIn(workshop)
})
afterAll(() => workshop.close())

const hello = { agentVersion: '1', phase: 'environment', bootId: 'boot-0001', inventory: nucInventory(1) }
const json = { 'content-type': 'application/json' }

describe('the null character, which PostgreSQL takes in no text', () => {
  test.each([
    ['POST', '/agent/v1/hello', { ...hello, agentVersion: '1\0' }],
    [
      'POST',
      '/agent/v1/hello',
      { ...hello, inventory: { ...hello.inventory, system: { ...hello.inventory.system, serial: 'A\0B' } } },
    ],
    ['POST', '/api/session', { user: 'adm\0in', password: 'x' }],
    ['POST', '/api/deployments', { machineIds: ['a\0'], sequenceId: 'check-only' }],
    ['PATCH', '/api/machines/x', { name: 'NUC\0' }],
    ['PUT', '/api/sequences/x', { text: 'name: \0' }],
    ['POST', '/api/imports', { fileName: 'a\0.wim', sizeBytes: 5 }],
    ['POST', '/api/stock/x/transitions', { 'to\0': 'ready' }],
  ])('%s %s is refused with 400 and says where', async (method, path, body) => {
    const answer = await ask(workshop, method, path, { token, json: body })
    expect([answer.status, answer.body['code']]).toEqual([400, 'TEXT_WITH_NUL'])
  })

  test.each(['/api/machines/a%00b', '/api/stock?search=%00', '/api/deployments?after=%00', '/boot/a%00b', '/a%00b'])(
    'in the address %s it is refused, and nothing fails',
    async (path) => {
      const { status } = await ask(workshop, 'GET', path, { token })
      expect(status).toBeGreaterThanOrEqual(400)
      expect(status).toBeLessThan(500)
    },
  )
})

describe('a body nested without end', () => {
  const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)

  test.each([40, 1000, 100_000])('of %i levels is refused with 400', async (levels) => {
    const raw = `{"a":${nested(levels)}}`
    for (const path of ['/api/deployments', '/api/session', '/agent/v1/hello', '/agent/v1/reports']) {
      const answer = await ask(workshop, 'POST', path, { token, headers: json, raw })
      expect([path, answer.status, answer.body['code']]).toEqual([path, 400, 'BODY_TOO_DEEP'])
    }
  })
})

test('any other JSON is left to the schemas', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 20 }), (value) => {
      const hasNul = JSON.stringify(value).includes('\\u0000')
      expect(findTextFault(value, 'body')).toEqual(hasNul ? { fault: 'nul', where: 'body' } : null)
    }),
  )
})
