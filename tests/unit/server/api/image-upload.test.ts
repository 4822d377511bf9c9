import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, openWorkshop, signIn, type Workshop } from './workshop.ts'

let workshop: Workshop
let token: string
beforeAll(async () => {
  workshop = await openWorkshop()
  token = await signIn(workshop)
})
afterAll(() => workshop.close())

test('of an image that several pages send at once, what arrives is of one of them, and goes on at its end', async () => {
  const announced = await ask<{ id: string }>(workshop, 'POST', '/api/imports', {
    token,
    json: { fileName: 'install.wim', sizeBytes: 3_000_000 },
  })
  const { id } = announced.body
  const send = (offset: number, bytes: Buffer) =>
    ask(workshop, 'PUT', `/api/imports/${id}/content?offset=${offset}`, {
      token,
      raw: new Uint8Array(bytes),
      headers: { 'content-type': 'application/octet-stream' },
    }).catch(() => null)
  const senders = Array.from({ length: 6 }, () => randomBytes(2_000_000))
  const answers = await Promise.all(senders.map((bytes) => send(0, bytes)))
  const arrived = readFileSync(join(workshop.dataDir, 'imports', id, 'source.wim'))
  expect(arrived.length).toBeGreaterThan(0)
  expect(senders.filter((bytes) => bytes.subarray(0, arrived.length).equals(arrived))).toHaveLength(1)
  for (const answer of answers) if (answer?.status === 409) expect(answer.body['code']).toBe('UPLOAD_OFFSET')
  const more = await send(arrived.length, Buffer.alloc(10))
  expect([more?.status, more?.body['receivedBytes']]).toEqual([200, arrived.length + 10])
})
