import { afterEach, beforeEach, expect, test } from 'vitest'
import { createPresenceTracker } from '../../../../../server/machines/presence.ts'
import { pairOf } from '../../../../../server/machines/doubt.ts'
import { createUntouchedSweep } from '../../../../../server/machines/untouched/sweep.ts'
import { openStore } from '../../../../../server/store/store.ts'
import { after, inventory } from '../../deployments/sample.ts'
import { openWorkshop, type Workshop } from '../../deployments/workshop.ts'

const day = 24 * 3600

let workshop: Workshop
beforeEach(async () => {
  workshop = await openWorkshop(await openStore({ url: null, file: ':memory:' }))
})
afterEach(() => workshop.close())

const two = (number: number): string => String(number).padStart(2, '0')
async function meet(number: number, seconds: number): Promise<string> {
  const serial = `GENU77${two(number)}`
  const uuid = `1b2c3d4e-0042-3510-8057-b4c04f4d77${two(number)}`
  const { machine } = await workshop.register.meet(
    inventory({ uuid, serial, macs: [`1c:69:7a:00:07:${two(number)}`] }),
    after(seconds),
  )
  return machine.id
}

test('what nobody has done anything with goes, the longest unseen first; what has a history stays for ever', async () => {
  const { store, register, stock, deployments } = workshop
  let at = after(100)
  const presence = createPresenceTracker(() => at)
  const forgotten: number[] = []
  const limits = { most: 3, longestUnseenMs: 30 * day * 1000 }
  const onForgotten = (count: number): void => void forgotten.push(count)
  const sweep = createUntouchedSweep({ store, register, presence, now: () => at, limits, onForgotten })

  const [named, moved, ran] = [await meet(1, 0), await meet(2, 0), await meet(3, 0)]
  await register.rename(named, 'Caisse 2')
  const { id: recordId } = await stock.forMachine(moved)
  await stock.transition(recordId, { to: 'attention', reason: 'charnière', by: 'paul' })
  const [run] = await deployments.start({ machineIds: [ran], sequenceId: 'check-only', by: 'paul' })
  await deployments.cancel(run?.id ?? '', { by: 'paul', reason: 'assez' })
  const apart = await meet(4, 0)
  const since = after(0)
  const decision = { kind: 'apart', by: 'paul', at: since } as const
  await store.doubts.put({ machineIds: pairOf(named, apart), reason: 'CLONES', since, decision })
  const touched = [named, moved, ran, apart]

  const flood: string[] = []
  for (const number of [10, 11, 12, 13, 14]) flood.push(await meet(number, number))
  const [oldest, present] = flood
  presence.signal(present ?? '', { kind: 'agent', phase: 'environment', address: '10.0.0.66' })
  await sweep.sweep()
  const ids = async () => (await register.list()).map(({ id }) => id)
  expect(forgotten).toEqual([2])
  expect(await ids()).toEqual([...touched, present, ...flood.slice(3)])
  expect(await ids()).not.toContain(oldest)
  expect(await store.records.forMachine(oldest ?? '')).toBeNull()

  // Nothing came since: nothing is looked for.
  at = after(200)
  await sweep.sweep()
  expect(forgotten).toEqual([2])

  at = after(31 * day)
  presence.sweep()
  await sweep.sweep()
  expect(await ids()).toEqual(touched)
})
