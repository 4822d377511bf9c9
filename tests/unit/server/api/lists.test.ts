import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Value } from 'typebox/value'
import { RecordList, type RecordView } from '../../../../server/api/stock/schema.ts'
import { MachineList, MachineView, type MachineSummary } from '../../../../server/api/machines/schema.ts'
import { startAgent } from './agent-driver.ts'
import { ask, openWorkshop, signIn, type Workshop } from './workshop.ts'

const howMany = 7

let workshop: Workshop
let token: string
beforeAll(async () => {
  workshop = await openWorkshop()
  token = await signIn(workshop)
  for (let number = 1; number <= howMany; number += 1) await startAgent(workshop, number)
})
afterAll(() => workshop.close())

type List<T> = { items: T[]; next: string | null }

async function page<T>(path: string): Promise<List<T>> {
  const { status, body } = await ask<List<T>>(workshop, 'GET', path, { token })
  expect(status).toBe(200)
  return body
}

/** Every page of a list, so large at most. */
async function pages<T>(path: string, limit: number): Promise<T[][]> {
  const all: T[][] = []
  for (let after = ''; ;) {
    const { items, next } = await page<T>(`${path}&limit=${limit}${after}`)
    all.push(items)
    if (next === null) return all
    after = `&after=${encodeURIComponent(next)}`
  }
}

describe('the stock', () => {
  type Stock = List<RecordView> & { counts: Record<string, number> }
  const labels = async (query: string) =>
    (await page<RecordView>(`/api/stock?${query}`)).items.map(({ label }) => label)

  test('comes in pages, last changed first, with how many there are of each state', async () => {
    const { body: whole } = await ask<Stock>(workshop, 'GET', '/api/stock', { token })
    expect(Value.Errors(RecordList, whole)).toEqual([])
    expect(whole.counts).toMatchObject({ assembled: howMany, retired: 0 })
    const some = await pages<RecordView>('/api/stock?', 3)
    expect(some.map(({ length }) => length)).toEqual([3, 3, 1])
    expect(some.flat()).toEqual(whole.items)
    const changed = whole.items.map(({ changedAt }) => changedAt)
    expect(changed).toEqual(changed.toSorted().reverse())
  })

  test('is searched by the server, page by page too', async () => {
    expect(await labels('search=g6bn226003')).toEqual(['G6BN226003'])
    expect(await labels('search=nuc11%20G6BN226005')).toEqual(['G6BN226005'])
    expect(await labels('search=nuc11%20imaginaire')).toEqual([])
    expect((await pages('/api/stock?search=nuc11', 4)).map(({ length }) => length)).toEqual([4, 3])
  })

  test('is of one state when asked, and a record that has moved is at the top', async () => {
    const [last] = (await page<RecordView>('/api/stock')).items.slice(-1)
    const json = { to: 'retired', reason: 'cassé' }
    await ask(workshop, 'POST', `/api/stock/${last?.id}/transitions`, { token, json })
    expect(await labels('state=retired')).toEqual([last?.label])
    expect(await labels('state=assembled')).toHaveLength(howMany - 1)
    expect((await labels(''))[0]).toBe(last?.label)
    expect(await labels('search=casse')).toEqual([last?.label])
  })
})

describe('the list of machines', () => {
  test('has no inventory in it: only the machine’s own route does', async () => {
    const list = await page<MachineSummary>('/api/machines')
    expect(Value.Errors(MachineList, list)).toEqual([])
    expect(JSON.stringify(list)).not.toContain('inventory')
    const [first] = list.items
    const own = await ask<MachineView>(workshop, 'GET', `/api/machines/${first?.id}`, { token })
    expect(Value.Errors(MachineView, own.body)).toEqual([])
    const { inventory, ...summary } = own.body
    expect(inventory?.disks.length).toBeGreaterThan(0)
    expect(summary).toEqual(first)
  })

  test('comes in pages that together are the whole, each machine once, in the order they came', async () => {
    const whole = await page<MachineSummary>('/api/machines')
    expect(whole.items).toHaveLength(howMany)
    const some = await pages<MachineSummary>('/api/machines?', 3)
    expect(some.map(({ length }) => length)).toEqual([3, 3, 1])
    expect(some.flat()).toEqual(whole.items)
    const seen = whole.items.map(({ firstSeenAt }) => firstSeenAt)
    expect(seen).toEqual(seen.toSorted())
  })

  test('gives no more at once than a page, however much is asked for', async () => {
    expect((await page('/api/machines?limit=999999')).items.length).toBeLessThanOrEqual(200)
    expect((await ask(workshop, 'GET', '/api/machines?after=anything', { token })).status).toBe(400)
  })

  test('of the bench has only what is on it', async () => {
    expect((await page('/api/machines?on=bench')).items).toHaveLength(howMany)
    await workshop.restart()
    token = await signIn(workshop)
    expect((await page('/api/machines?on=bench')).items).toEqual([])
    await startAgent(workshop, 3)
    expect((await page<MachineSummary>('/api/machines?on=bench')).items).toHaveLength(1)
  })
})
