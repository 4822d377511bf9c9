import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Inventory } from '../../../../agent/protocol/inventory.ts'
import { databases } from '../store/databases.ts'
import { good } from '../deployments/evidence.ts'
import { after, inventory, noon, type InventoryChange } from '../deployments/sample.ts'
import { openWorkshop, type Workshop } from '../deployments/workshop.ts'

/** One of a batch of boards that nobody programmed: all say the same UUID and serial. */
function clone(number: number, change: InventoryChange = {}): Inventory {
  const two = String(number).padStart(2, '0')
  return inventory({ macs: [`1c:69:7a:00:01:${two}`], diskSerials: [`S64DNX${two}`], ...change })
}

const decision = (other: string) => ({ other, by: 'claire', at: after(60) })

describe.each(databases)('doubts, in $name', ({ skip, open }) => {
  describe.skipIf(skip !== null)('', () => {
    let workshop: Workshop
    beforeEach(async () => {
      workshop = await openWorkshop(await open())
    })
    afterEach(() => workshop.close())

    const meet = async (one: Inventory, seconds = 0) => workshop.register.meet(one, after(seconds))
    const idOf = async (one: Inventory, seconds = 0) => (await meet(one, seconds)).machine.id
    const open2 = async (id: string) => workshop.register.openDoubts(id)
    const start = async (id: string) => {
      const seen = (await workshop.register.get(id))?.hardware?.disksRevision ?? ''
      const request = { machineIds: [id], sequenceId: 'image-only', imageId: 'windows-11-pro', by: 'paul' }
      return workshop.deployments.start({ ...request, disksSeen: { [id]: seen } })
    }

    test('two clones are two machines, with one doubt between them that both show', async () => {
      const [a, b] = [await idOf(clone(1)), await idOf(clone(2), 1)]
      expect(a).not.toBe(b)
      const [doubt, ...more] = await open2(a)
      expect(doubt).toMatchObject({ reason: 'CLONES', since: after(1), decision: { kind: 'open' } })
      expect([...(doubt?.machineIds ?? [])].sort()).toEqual([a, b].sort())
      expect([more, await open2(b)]).toEqual([[], [doubt]])
    })

    test('each clone is known again, and nobody is asked twice', async () => {
      const [a, b] = [await idOf(clone(1)), await idOf(clone(2), 1)]
      expect(await meet(clone(1), 9)).toMatchObject({ machine: { id: a }, isNew: false, opened: [] })
      expect(await meet(clone(2), 9)).toMatchObject({ machine: { id: b }, isNew: false, opened: [] })
      expect(await open2(a)).toHaveLength(1)
      const { register } = await workshop.restart()
      expect((await register.meet(clone(2), after(10))).machine.id).toBe(b)
      expect(await register.openDoubts(b)).toHaveLength(1)
    })

    test('no run is started on either of them before somebody has decided', async () => {
      const [a, b] = [await idOf(clone(1)), await idOf(clone(2))]
      for (const id of [a, b]) await expect(start(id)).rejects.toMatchObject({ code: 'MACHINE_IN_DOUBT' })
      await workshop.register.keepApart(a, decision(b))
      expect(await start(b)).toHaveLength(1)
    })

    test('a run assigned to one clone is not served to the other', async () => {
      const a = await idOf(clone(1))
      const [run] = await start(a)
      const b = await idOf(clone(2))
      expect(await workshop.deployments.workFor(b, 'environment')).toEqual({ kind: 'wait' })
      expect(await workshop.deployments.workFor(a, 'environment')).toMatchObject({ kind: 'step', runId: run?.id })
    })

    test('kept apart, they stay apart for good', async () => {
      const [a, b] = [await idOf(clone(1)), await idOf(clone(2))]
      await workshop.register.keepApart(b, decision(a))
      expect([await open2(a), await open2(b)]).toEqual([[], []])
      for (const one of [clone(1), clone(2)]) expect((await meet(one, 9)).opened).toEqual([])
      const { register, store } = await workshop.restart()
      expect((await register.meet(clone(2), after(20))).opened).toEqual([])
      expect(await store.doubts.all()).toMatchObject([{ decision: { kind: 'apart', by: 'claire', at: after(60) } }])
    })

    test('a third board with the same numbers makes them fillers: a batch of ten asks one question, and then none', async () => {
      const met = []
      for (let number = 1; number <= 10; number += 1) met.push(await meet(clone(number), number))
      expect(new Set(met.map(({ machine }) => machine.id)).size).toBe(10)
      expect(met.map(({ opened }) => opened.length)).toEqual([0, 1, 0, 0, 0, 0, 0, 0, 0, 0])
      expect(met[2]?.learnt.map(({ kind }) => kind)).toEqual(['uuid', 'serial'])
      for (const { machine } of met) {
        expect(await open2(machine.id)).toEqual([])
        expect(await workshop.register.get(machine.id)).toMatchObject({ uuid: null, serial: null })
      }
      for (let number = 1; number <= 10; number += 1)
        expect((await meet(clone(number), 50)).machine.id).toBe(met[number - 1]?.machine.id)
      const { register } = await workshop.restart()
      expect((await register.meet(clone(11), after(60))).opened).toEqual([])
      expect((await register.meet(clone(5), after(61))).machine.id).toBe(met[4]?.machine.id)
      expect((await register.list()).every(({ uuid, serial }) => uuid === null && serial === null)).toBe(true)
    })

    test('a filler UUID leaves the serials alone that are somebody’s own', async () => {
      for (let number = 1; number <= 3; number += 1) await meet(clone(number, { serial: `GENU77${number}A` }), number)
      expect((await workshop.register.list()).map(({ uuid, serial }) => [uuid, serial])).toEqual([
        ...[
          [null, 'GENU771A'],
          [null, 'GENU772A'],
          [null, 'GENU773A'],
        ],
      ])
    })

    test('one machine that is changed piece by piece teaches no filler', async () => {
      const a = await idOf(clone(1))
      expect(await idOf(clone(2, { diskSerials: ['S64DNX01'] }), 1)).toBe(a)
      expect(await idOf(clone(2), 2)).toBe(a)
      expect(await idOf(clone(3, { diskSerials: ['S64DNX02'] }), 3)).toBe(a)
      expect(await idOf(clone(3), 4)).toBe(a)
      expect(await workshop.register.get(a)).toMatchObject({ serial: 'GENU1234' })
    })

    test('joined, they are one record with the history of both', async () => {
      const a = await idOf(clone(1))
      const [old] = await start(a)
      await workshop.deployments.cancel(old?.id ?? '', { by: 'paul', reason: 'assez' })
      const kept = await workshop.stock.forMachine(a)
      const b = await idOf(clone(2), 5)
      const gone = await workshop.stock.forMachine(b)
      await workshop.store.evidence.put({ runId: old?.id ?? '', recordId: gone.id, at: noon, ...good })
      const key = { keyHash: 'key', machineId: b, runId: old?.id ?? '', attempt: 1, accepted: true, createdAt: noon }
      await workshop.store.agentKeys.put(key)
      const before = [...(await workshop.stock.history(kept.id)), ...(await workshop.stock.history(gone.id))]

      const removed: string[] = []
      workshop.register.onRemoved((id) => removed.push(id))
      const { code } = (await workshop.register.get(b)) ?? { code: '' }
      const machine = await workshop.register.join(a, decision(b))
      expect(machine).toMatchObject({ id: a, macs: ['1c:69:7a:00:01:02'], firstSeenAt: noon, lastSeenAt: after(5) })
      expect(removed).toEqual([b])
      expect(await workshop.register.get(b)).toBeNull()
      expect((await workshop.register.described(a))?.inventory?.disks[0]?.serial).toBe('S64DNX02')
      const [said, ...history] = await workshop.stock.history(kept.id)
      expect(said).toMatchObject({ by: 'claire', from: 'assembled', to: 'assembled' })
      expect(said?.sentence?.en).toContain(code)
      expect(history.map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort())
      expect(await workshop.stock.evidence(kept.id)).toMatchObject({ passed: true })
      expect(await workshop.store.agentKeys.get('key')).toMatchObject({ machineId: a })
      expect(await open2(a)).toEqual([])
      expect((await workshop.deployments.list({ machineId: a })).map(({ id }) => id)).toEqual([old?.id])
      expect(await start(a)).toHaveLength(1)
      expect(await idOf(clone(2), 70)).toBe(a)
    })

    test('a record with a live run stays: the other one can go into it, and not the other way round', async () => {
      const a = await idOf(clone(1))
      await start(a)
      const b = await idOf(clone(2))
      await expect(workshop.register.join(b, decision(a))).rejects.toMatchObject({ code: 'MACHINE_HAS_RUN' })
      expect(await workshop.register.get(a)).not.toBeNull()
      expect(await workshop.register.join(a, decision(b))).toMatchObject({ id: a })
      expect(await workshop.deployments.activeFor(a)).not.toBeNull()
    })

    test('what was decided between one of them and a third stays decided', async () => {
      const bare = { uuid: null, serial: null, diskSerials: ['SHARED1'] }
      const [a, b] = [await idOf(clone(1, bare)), await idOf(clone(2, bare))]
      const c = await idOf(clone(3, bare))
      expect((await open2(c)).map(({ reason }) => reason)).toEqual(['DISK', 'DISK'])
      await workshop.register.keepApart(c, decision(a))
      await workshop.register.join(b, decision(a))
      expect(await open2(b)).toEqual([])
      expect(await open2(c)).toEqual([])
    })

    test('only what is in doubt is joined or kept apart', async () => {
      const a = await idOf(clone(1))
      const b = await idOf(inventory({ uuid: null, serial: 'GENU9999', macs: ['1c:69:7a:00:00:09'] }))
      await expect(workshop.register.join(a, decision(b))).rejects.toMatchObject({ code: 'DOUBT_UNKNOWN' })
      await expect(workshop.register.keepApart(a, decision(a))).rejects.toMatchObject({ code: 'DOUBT_UNKNOWN' })
      await expect(workshop.register.join(a, decision('nobody'))).rejects.toMatchObject({ code: 'MACHINE_UNKNOWN' })
    })

    test('a machine that is forgotten takes its doubts along', async () => {
      const [a, b] = [await idOf(clone(1)), await idOf(clone(2))]
      const told: string[] = []
      workshop.register.onChange(({ id }) => told.push(id))
      await workshop.register.forget(b)
      expect([await open2(a), told]).toEqual([[], [a]])
      expect(await workshop.store.doubts.all()).toEqual([])
      expect(await start(a)).toHaveLength(1)
    })

    test('a UUID that a firmware update changed is taken where card and disk are sure, and asked about where not', async () => {
      const a = await idOf(clone(1, { serial: null }))
      const changed = { uuid: '99999999-0042-3510-8057-b4c04f4d3332', serial: null }
      expect(await meet(clone(1, changed), 1)).toMatchObject({ machine: { id: a }, opened: [] })
      const bare = { serial: null, diskSerials: [] }
      const b = await idOf(clone(2, { ...bare, uuid: '1b2c3d4e-0042-3510-8057-b4c04f4d9999' }), 2)
      expect(
        await meet(clone(2, { ...bare, ...changed, uuid: '77777777-0042-3510-8057-b4c04f4d3332' }), 3),
      ).toMatchObject({
        ...{ isNew: true, opened: [{ reason: 'CARD' }], conflicts: [{ id: b }] },
      })
    })

    test('whoever has proved which machine it is, is asked no further', async () => {
      const a = await idOf(clone(1))
      const windows = clone(2, { uuid: '99999999-0042-3510-8057-b4c04f4d3332', diskSerials: [] })
      expect(await workshop.register.meet(windows, after(9), 'windows', a)).toMatchObject({
        ...{ machine: { id: a, uuid: '4c4c4544-0042-3510-8057-b4c04f4d3332' }, isNew: false, opened: [] },
      })
    })
  })
})

test('among 5,000 machines one is recognised at once: nobody looks through the others', async () => {
  const { createKnownMachines } = await import('../../../../server/machines/known-machines.ts')
  const { machine } = await import('../deployments/sample.ts')
  const all = Array.from({ length: 5000 }, (_, index) => ({
    ...{ ...machine, id: `m${index}`, code: `c${index}`, uuid: null, serial: `S${index}X`, macs: [`mac-${index}`] },
    hardware: null,
  }))
  const known = createKnownMachines(all)
  expect(known.like({ uuid: null, serial: 's77x', macs: ['mac-4999'], disks: [] }).map(({ id }) => id)).toEqual([
    ...['m77', 'm4999'],
  ])
})
