import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Report } from '../../../../agent/protocol/messages.ts'
import { openConnection, problemOf, type Connection } from '../../../../agent/runtime/connection.ts'
import { openTransport, type Answer, type Transport } from '../../../../agent/runtime/transport.ts'
import { startFakeServer, type FakeServer } from '../fake-server.ts'
import { makeInventory } from '../machines.ts'

const { signal } = new AbortController()
const hello = { agentVersion: '1', phase: 'windows', bootId: 'boot-12345678', inventory: makeInventory() } as const
const report: Report = {
  ...{ runId: 'r1', stepId: 'windows-0', attempt: 1, at: '2026-11-23T10:00:00.000Z' },
  body: { kind: 'done', result: {} },
}

describe('over TLS', () => {
  let server: FakeServer
  let transport: Transport
  let connection: Connection
  beforeEach(async () => {
    server = await startFakeServer()
    transport = openTransport(server)
    connection = openConnection(transport)
  })
  afterEach(async () => {
    transport.close()
    await server.die()
  })

  test('a hello gives the session that asks for work', async () => {
    const welcome = await connection.hello(hello, signal)
    if (welcome.kind !== 'answered') throw new Error(welcome.kind)
    expect(welcome.answer).toMatchObject({ label: 'NUC-01', locale: 'fr' })
    expect(await connection.work(welcome.answer.session, signal)).toEqual({
      kind: 'answered',
      answer: { kind: 'wait' },
    })
  })

  test('no null character goes out: firmware pads its texts with them, and the server refuses them', async () => {
    const inventory = makeInventory()
    const padded = { ...hello, inventory: { ...inventory, system: { ...inventory.system, version: 'B\u00000\0\0' } } }
    await connection.hello(padded, signal)
    expect(server.hellos[0]?.inventory.system.version).toBe('B0')
  })

  test('a session the server does not know is refused with 401', async () => {
    expect(await connection.work('another', signal)).toEqual({ kind: 'refused', status: 401 })
  })

  test('a report gives the verdict', async () => {
    server.verdict = () => 'stale'
    expect(await connection.report('token', report, signal)).toEqual({ kind: 'answered', answer: 'stale' })
  })

  test('a file begins at the byte that was asked for', async () => {
    server.images.set('/a-file', (request, response) => response.end(request.headers.range))
    const chunks: unknown[] = []
    for await (const chunk of await connection.open('/a-file', 'token', 7, signal)) chunks.push(chunk)
    expect(chunks.join('')).toBe('bytes=7-')
  })

  test('a server that is not there is a value, and an order to stop is none', async () => {
    await server.die()
    expect(await connection.report('token', report, signal)).toMatchObject({ kind: 'unreachable' })
    const stop = new AbortController()
    const asked = connection.work('session', stop.signal)
    stop.abort(new Error('told to stop'))
    await expect(asked).rejects.toThrow('told to stop')
    await server.comeBack()
  })
})

describe('answers', () => {
  const ask = (answer: Answer) => {
    const send = () => Promise.resolve(answer)
    const open = () => Promise.reject(new Error('not asked'))
    return openConnection({ send, open, close: () => undefined }).work('session', signal)
  }

  test('one of another shape, as a proxy gives, is as good as none', async () => {
    expect(await ask({ status: 200, body: undefined })).toMatchObject({ kind: 'unreachable' })
    expect(await ask({ status: 200, body: { kind: 'dance' } })).toMatchObject({ kind: 'unreachable' })
  })

  test('the log says what was asked and what came', async () => {
    const reply = await ask({ status: 503, body: undefined })
    if (reply.kind === 'answered') throw new Error('answered')
    expect(problemOf('the poll for work', reply)).toEqual({
      text: 'the poll for work was answered with status 503',
      description: null,
    })
    expect(problemOf('hello', { kind: 'unreachable', problem: 'no route' })).toMatchObject({ text: 'no route' })
  })
})
