import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RecordState, StockRecord } from '../../../../server/stock/record.ts'
import { openStore } from '../../../../server/store/store.ts'
import { inventory, noon } from '../deployments/sample.ts'
import { leaveAgent, openWorkshop, type Workshop } from '../deployments/workshop.ts'

let workshop: Workshop
let record: StockRecord
beforeEach(async () => {
  workshop = await openWorkshop(await openStore({ url: null, file: ':memory:' }))
  const { machine } = await workshop.register.meet(inventory(), noon)
  record = await workshop.stock.forMachine(machine.id)
})
afterEach(() => workshop.close())

const to = (state: RecordState, more: { override?: boolean; reason?: string } = {}) =>
  workshop.stock.transition(record.id, { to: state, reason: 'au comptoir', by: 'paul', ...more })

test('a person moves a record, and the history keeps who, when and why', async () => {
  workshop.pass(60)
  expect(await to('attention')).toMatchObject({ state: 'attention', reason: 'au comptoir', sentence: null })
  const [newest, ...older] = await workshop.stock.history(record.id)
  expect(newest).toMatchObject({ from: 'assembled', to: 'attention', by: 'paul', reason: 'au comptoir', runId: null })
  expect(newest?.at.getTime()).toBe(noon.getTime() + 60_000)
  expect(older).toHaveLength(2)
})

test('ready without evidence needs a person’s own word', async () => {
  await to('attention')
  await to('checking')
  await expect(to('ready')).rejects.toMatchObject({ code: 'EVIDENCE_MISSING' })
  expect(await to('ready', { override: true, reason: 'contrôlée à la main' })).toMatchObject({ state: 'ready' })
})

test.each(['delivered', 'retired'] as const)(
  'whose machine is %s, its agent in Windows knows nobody any more',
  async (state) => {
    const key = await leaveAgent(workshop, record.machineId)
    await workshop.store.records.put({ ...record, state: 'ready' })
    expect(await workshop.store.agentKeys.get(key)).toMatchObject({ accepted: true })
    await to(state)
    expect(await workshop.store.agentKeys.get(key)).toBeNull()
  },
)

test('a machine delivered by mistake goes back to what it was before, with the reason', async () => {
  await workshop.stock.transition(record.id, { to: 'attention', reason: 'x', by: 'paul' })
  for (const state of ['checking', 'ready', 'reserved', 'delivered'] as const) await to(state, { override: true })
  const delivered = await workshop.stock.get(record.id)
  if (delivered === null) throw new Error('no record')
  expect([...(await workshop.stock.beforeDelivery([delivered]))]).toEqual([[record.id, 'reserved']])
  await expect(to('ready')).rejects.toMatchObject({
    description: { fix: { fr: 'D’ici, on peut passer à : réservé, reçu, sorti.' } },
  })
  expect(await to('reserved', { reason: 'mauvais client' })).toMatchObject({ state: 'reserved' })
  const [undone] = await workshop.stock.history(record.id)
  expect(undone).toMatchObject({ from: 'delivered', to: 'reserved', by: 'paul', reason: 'mauvais client' })
})

test('a move that is not allowed is refused with what is', async () => {
  await expect(to('delivered')).rejects.toMatchObject({
    code: 'TRANSITION_NOT_ALLOWED',
    description: {
      message: { en: 'A record that is "assembled" cannot become "delivered".' },
      fix: { fr: 'D’ici, on peut passer à : reçu, à voir, sorti.' },
    },
  })
  expect(await workshop.stock.history(record.id)).toHaveLength(2)
})

test('a reason has to be given, and a record to be there', async () => {
  await expect(to('attention', { reason: '  ' })).rejects.toMatchObject({ code: 'REASON_MISSING' })
  await expect(workshop.stock.transition('none', { to: 'attention', reason: 'x', by: 'paul' })).rejects.toMatchObject({
    code: 'RECORD_UNKNOWN',
  })
  await expect(workshop.stock.forMachine('nobody')).rejects.toMatchObject({ code: 'RECORD_UNKNOWN' })
})

test('two people who move a record at once: the second is judged by what the first did', async () => {
  const both = await Promise.allSettled([to('attention'), to('attention')])
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
})
