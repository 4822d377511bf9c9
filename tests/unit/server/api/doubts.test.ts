import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Value } from 'typebox/value'
import type { Inventory } from '../../../../agent/protocol/inventory.ts'
import type { RecordEventView } from '../../../../server/api/stock/schema.ts'
import { MachineSummary, MachineView } from '../../../../server/api/machines/schema.ts'
import { nucInventory, startAgent } from './agent-driver.ts'
import { ask, disksSeen, openWorkshop, signIn, type Workshop } from './workshop.ts'

let workshop: Workshop
let token: string
const log: string[] = []
beforeAll(async () => {
  workshop = await openWorkshop({ log: (line) => log.push(line) })
  token = await signIn(workshop)
})
afterAll(() => workshop.close())

/** Boards of one batch say one UUID and serial; cards and disks are each machine's own. */
function clone(batch: number, number: number): Inventory {
  const { system, board } = nucInventory(batch)
  return { ...nucInventory(number), system, board: { ...board, serial: null } }
}
const meet = async (batch: number, number: number): Promise<string> =>
  (await startAgent(workshop, number, undefined, clone(batch, number))).welcome.machineId
const read = async (id: string): Promise<MachineView> =>
  (await ask<MachineView>(workshop, 'GET', `/api/machines/${id}`, { token })).body
const decide = (id: string, decision: string, other: string) =>
  ask<MachineView & { code: string }>(workshop, 'POST', `/api/machines/${id}/${decision}`, { token, json: { other } })
const start = async (id: string) =>
  ask(workshop, 'POST', '/api/deployments', {
    token,
    json: { machineIds: [id], sequenceId: 'check-only', disksSeen: await disksSeen(workshop, token, id) },
  })

describe('two PCs with one UUID and one serial', () => {
  let a: string
  let b: string
  beforeAll(async () => {
    a = await meet(40, 41)
    b = await meet(40, 42)
  })

  test('are two machines; each shows the other beside it, and the log says so', async () => {
    expect(a).not.toBe(b)
    for (const [id, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const machine = await read(id)
      expect(Value.Errors(MachineView, machine)).toEqual([])
      expect(machine.doubts).toMatchObject([{ reason: 'CLONES', other: { id: other, serial: 'G6BN226040' } }])
    }
    expect((await read(a)).doubts[0]?.other.hardware?.disks[0]?.serial).toBe('S64D42')
    const list = await ask<{ items: unknown[] }>(workshop, 'GET', '/api/machines', { token })
    for (const item of list.body.items) expect(Value.Errors(MachineSummary, item)).toEqual([])
    expect(log.some((line) => line.includes('one machine or two') && line.includes('CLONES'))).toBe(true)
  })

  test('get no run before somebody has decided, with words that say what to do', async () => {
    for (const id of [a, b]) {
      const { status, body } = await start(id)
      expect([status, body['code']]).toEqual([409, 'MACHINE_IN_DOUBT'])
      expect(body['fix']).toMatch(/décidez/)
    }
  })

  test('are kept apart for good, over a restart of the server too', async () => {
    const { status, body } = await decide(a, 'apart', b)
    expect([status, body.doubts]).toEqual([200, []])
    expect((await read(b)).doubts).toEqual([])
    await workshop.restart()
    expect([await meet(40, 41), await meet(40, 42)]).toEqual([a, b])
    expect((await read(a)).doubts).toEqual([])
    expect((await start(b)).status).toBe(201)
  })
})

test('a third PC of the batch makes both numbers fillers: nobody is asked, and each is known again by its card', async () => {
  const met = [await meet(50, 51), await meet(50, 52), await meet(50, 53), await meet(50, 54)]
  expect(new Set(met).size).toBe(4)
  for (const id of met) expect(await read(id)).toMatchObject({ uuid: null, serial: null, doubts: [] })
  expect(log.filter((line) => line.includes('a filler from now on'))).toHaveLength(2)
  await workshop.restart()
  expect([await meet(50, 51), await meet(50, 54)]).toEqual([met[0], met[3]])
})

test('a doubt that is no doubt is joined: one record with the history of both, whose agent is met as the one that stays', async () => {
  const [a, b] = [await meet(60, 61), await meet(60, 62)]
  const history = async (id: string) =>
    (
      await ask<{ items: RecordEventView[] }>(workshop, 'GET', `/api/stock/${(await read(id)).recordId}/history`, {
        token,
      })
    ).body.items
  const before = [...(await history(a)), ...(await history(b))].map(({ id }) => id)
  const { status, body } = await decide(a, 'join', b)
  expect([status, body.id, body.macs]).toEqual([200, a, ['1c:69:7a:00:00:62']])
  const [said, ...rest] = await history(a)
  expect(said).toMatchObject({ by: 'admin', sentence: { en: expect.stringContaining('it is one machine') } })
  expect(rest.map(({ id }) => id).sort()).toEqual(before.sort())
  expect((await ask(workshop, 'GET', `/api/machines/${b}`, { token })).status).toBe(404)
  expect(await meet(60, 62)).toBe(a)
  expect((await start(a)).status).toBe(201)
})

test('what is not in doubt is not decided, and nobody without a session decides', async () => {
  const [a, b] = [await meet(70, 71), await meet(72, 73)]
  const { status, body } = await decide(a, 'join', b)
  expect([status, body.code]).toEqual([404, 'DOUBT_UNKNOWN'])
  expect((await decide(a, 'apart', '../x')).status).toBe(400)
  const refused = await ask(workshop, 'POST', `/api/machines/${a}/join`, { json: { other: b } })
  expect(refused.status).toBe(401)
})
