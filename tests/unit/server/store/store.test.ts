import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Run } from '../../../../server/deployments/run/run.ts'
import type { StockRecord } from '../../../../server/stock/record.ts'
import type { StepStatus } from '../../../../server/deployments/run/step-status.ts'
import type { Store } from '../../../../server/store/store.ts'
import { after, inventory, machine, newRun, noon } from '../deployments/sample.ts'
import { bad, good } from '../deployments/evidence.ts'
import { everyMaterial } from '../deployments/materials.ts'
import { databases } from './databases.ts'

const record: StockRecord = {
  id: 'record-1',
  machineId: 'machine-1',
  state: 'received',
  reason: 'vue',
  sentence: { fr: 'vue', en: 'seen' },
  createdAt: noon,
  changedAt: noon,
  facts: { teamViewerId: '123 456 789' },
}

/** A run with a step in every state there is. */
function everyState(run: Run): Run {
  const [a, b, c, d, e] = run.steps
  if (!a || !b || !c || !d || !e) throw new Error('the sample has five steps')
  const failure = { code: 'IMAGE_HASH_MISMATCH', params: { image: 'x' }, detail: 'two\nlines é' }
  return {
    ...run,
    agentVersion: '0.1.0',
    bootId: 'boot-one',
    diskTouchedAt: after(3),
    variables: { ...run.variables, number: 1.5, flag: false },
    state: { kind: 'attention', step: 4, failure },
    steps: [
      {
        ...a,
        status: {
          kind: 'done',
          startedAt: after(1),
          endedAt: after(2),
          result: { disk: { serial: 'S', sizeBytes: 500_107_862_016 } },
        },
      },
      {
        ...b,
        attempt: 3,
        retried: 2,
        interruptions: 1,
        memory: { pass: 2, failed: ['KB5012170'], nested: { é: null } },
        restarts: 4,
        status: {
          kind: 'restarting',
          startedAt: after(3),
          heardAt: after(4),
          progress: { fraction: 0.123456789012345 },
        },
      },
      { ...c, status: { kind: 'skipped', reason: { fr: 'non', en: 'no' } } },
      { ...d, status: { kind: 'failed', startedAt: after(3), endedAt: after(4), failure, ignored: true } },
      {
        ...e,
        input: { changed: true },
        status: { kind: 'failed', startedAt: after(5), endedAt: after(6), failure, ignored: false },
      },
    ],
  }
}

describe.each(databases)('a store in $name', ({ skip, open }) => {
  describe.skipIf(skip !== null)('keeps', () => {
    let store: Store
    beforeEach(async () => {
      store = await open()
      await store.machines.put(machine)
    })
    afterEach(() => store.close())

    test('machines', async () => {
      expect(await store.machines.get('machine-1')).toEqual(machine)
      const renamed = { ...machine, name: 'Comptoir', lastSeenAt: after(60), hardware: null }
      await store.machines.put(renamed)
      expect(await store.machines.all()).toEqual([renamed])
      expect(await store.machines.get('nobody')).toBeNull()
    })

    test('what machines said of themselves, apart from them', async () => {
      expect(await store.machines.inventoryOf('machine-1')).toBeNull()
      await store.machines.putInventory('machine-1', inventory())
      await store.machines.putInventory('machine-1', inventory({ disks: 2 }))
      expect(await store.machines.inventoryOf('machine-1')).toEqual(inventory({ disks: 2 }))
    })

    test('one code for one machine', async () => {
      await expect(store.machines.put({ ...machine, id: 'machine-2' })).rejects.toThrow()
    })

    test('stock records, and every event that moved them', async () => {
      await store.records.put(record)
      const first = await store.records.addEvent({
        recordId: 'record-1',
        at: noon,
        by: 'etabli',
        from: null,
        to: 'received',
        reason: 'vue',
        sentence: null,
        runId: null,
      })
      const second = await store.records.addEvent({
        recordId: 'record-1',
        at: after(1),
        by: 'paul',
        from: 'received',
        to: 'assembled',
        reason: 'RAM',
        sentence: { fr: 'a', en: 'b' },
        runId: 'run-1',
      })
      expect(second.id).toBeGreaterThan(first.id)
      expect(await store.records.events('record-1')).toEqual([second, first])
      await store.records.put({ ...record, state: 'assembled', changedAt: after(1) })
      expect(await store.records.forMachine('machine-1')).toEqual({
        ...record,
        state: 'assembled',
        changedAt: after(1),
      })
      expect(await store.records.page({ state: null, after: null, limit: 9 })).toHaveLength(1)
    })

    test('a run as it was made', async () => {
      const run = newRun()
      await store.runs.add(run)
      expect(await store.runs.get('run-1')).toEqual(run)
    })

    test.each<StepStatus>([
      { kind: 'served', after: null },
      { kind: 'served', after: { heardAt: after(4), startedAt: null } },
      { kind: 'served', after: { heardAt: after(4), startedAt: after(3) } },
      { kind: 'interrupted', heardAt: after(4), startedAt: null },
      { kind: 'interrupted', heardAt: after(4), startedAt: after(3) },
      { kind: 'running', heardAt: after(4), startedAt: after(3), progress: null },
    ])('a step as it stands: %j', async (status) => {
      const run = newRun()
      await store.runs.add(run)
      const moved = { ...run, steps: run.steps.map((step) => (step.index === 1 ? { ...step, status } : step)) }
      await store.runs.update(moved, run)
      expect(await store.runs.get('run-1')).toEqual(moved)
    })

    test('a run in any state it can come into', async () => {
      const run = newRun()
      await store.runs.add(run)
      const moved = everyState(run)
      await store.runs.update(moved, run)
      expect(await store.runs.get('run-1')).toEqual(moved)
      for (const state of [
        { kind: 'running', step: 2 },
        { kind: 'done', at: after(9) },
        { kind: 'cancelled', at: after(9), by: 'paul', reason: 'non' },
      ] as const) {
        await store.runs.update({ ...moved, state }, null)
        expect((await store.runs.get('run-1'))?.state).toEqual(state)
      }
    })

    test('a step that goes on after a restart, with its first start', async () => {
      const run = newRun()
      await store.runs.add(run)
      const goesOn = { memory: { pass: 1 }, restarts: 1, attempt: 2 }
      const status = { kind: 'interrupted', startedAt: after(3), heardAt: after(4) } as const
      const moved = {
        ...run,
        steps: run.steps.map((step, index) => (index === 2 ? { ...step, ...goesOn, status } : step)),
      }
      await store.runs.update(moved, run)
      expect(await store.runs.get('run-1')).toEqual(moved)
    })

    test('what a run takes from the catalogue, and where its record goes back to', async () => {
      const run = { ...newRun(), materials: everyMaterial, returnsTo: 'reserved' as const }
      await store.runs.add(run)
      expect(await store.runs.get('run-1')).toEqual(run)
      const moved = { ...run, state: { kind: 'running', step: 0 } as const }
      await store.runs.update(moved, run)
      expect(await store.runs.get('run-1')).toEqual(moved)
    })

    test('evidence, the last of each run, and the newest of a record', async () => {
      await store.records.put(record)
      await store.runs.add({ ...newRun(), state: { kind: 'done', at: after(1) } })
      await store.runs.add(newRun(undefined, {}, 'run-2'))
      expect(await store.evidence.newestOf('record-1')).toBeNull()
      const first = { runId: 'run-1', recordId: 'record-1', at: after(1), ...bad }
      const second = { runId: 'run-2', recordId: 'record-1', at: after(2), ...good }
      await store.evidence.put(second)
      await store.evidence.put(first)
      expect(await store.evidence.newestOf('record-1')).toEqual(second)
      const again = { ...first, at: after(3), ...good }
      await store.evidence.put(again)
      expect(await store.evidence.newestOf('record-1')).toEqual(again)
    })

    test('keys of agents, until their run or their machine has no more use for them', async () => {
      await store.runs.add({ ...newRun(), state: { kind: 'done', at: after(1) } })
      await store.runs.add(newRun(undefined, {}, 'run-2'))
      const key = (keyHash: string, runId: string, attempt = 1) => {
        return { keyHash, runId, machineId: 'machine-1', attempt, accepted: false, createdAt: noon }
      }
      const keys = [key('a', 'run-1'), key('b', 'run-2'), key('c', 'run-2', 2)]
      const left = async () =>
        (await Promise.all(keys.map(({ keyHash }) => store.agentKeys.get(keyHash)))).filter(Boolean)
      for (const one of keys) await store.agentKeys.put(one)
      expect(await left()).toEqual(keys)
      await store.agentKeys.acceptOnly({ machineId: 'machine-1', runId: 'run-2', attempt: 2 })
      expect(await left()).toEqual([{ ...key('c', 'run-2', 2), accepted: true }])
      await store.agentKeys.removeOfRun('run-2')
      expect(await left()).toEqual([])
      await store.agentKeys.put(key('d', 'run-1'))
      await store.agentKeys.removeOfMachine('machine-1')
      expect(await store.agentKeys.get('d')).toBeNull()
    })

    test('one run at a time for a machine, whatever the code above forgets', async () => {
      await store.runs.add(newRun())
      await expect(store.runs.add(newRun(undefined, {}, 'run-2'))).rejects.toThrow()
      expect(await store.runs.list({})).toHaveLength(1)
    })

    test('runs newest first, page by page', async () => {
      for (let index = 0; index < 5; index += 1) {
        const run = newRun(undefined, {}, `run-${index}`)
        // Two and two at the same moment, as when several machines are started together.
        await store.runs.add({
          ...run,
          createdAt: after(Math.floor(index / 2)),
          state: index === 4 ? run.state : { kind: 'done', at: after(9) },
        })
      }
      const ids = async (filter: Parameters<Store['runs']['list']>[0]) =>
        (await store.runs.list(filter)).map(({ id }) => id)
      expect(await ids({})).toEqual(['run-4', 'run-3', 'run-2', 'run-1', 'run-0'])
      expect(await ids({ limit: 2 })).toEqual(['run-4', 'run-3'])
      expect(await ids({ limit: 2, after: 'run-3' })).toEqual(['run-2', 'run-1'])
      expect(await ids({ active: true })).toEqual(['run-4'])
      expect(await ids({ active: false, limit: 1 })).toEqual(['run-3'])
      expect(await ids({ machineId: 'nobody' })).toEqual([])
      expect((await store.runs.activeFor('machine-1'))?.id).toBe('run-4')
      expect((await store.runs.latestFor('machine-1'))?.id).toBe('run-4')
    })

    test('when steps began and ended on a model', async () => {
      const run = newRun()
      await store.runs.add(run)
      await store.runs.update(everyState(run), run)
      expect(await store.runs.timedSteps('NUC11TNHi5', 10)).toEqual([
        { runId: run.id, phase: 'environment', type: 'check-hardware', startedAt: after(1), endedAt: after(2) },
      ])
      expect(await store.runs.timedSteps(null, 10)).toEqual([])
    })

    test('log lines in order, each once', async () => {
      await store.runs.add(newRun())
      const lines = ['un', 'deux', 'trois'].map((text) => ({ at: noon.toISOString(), level: 'output' as const, text }))
      await store.logs.append('run-1', 'environment-1', 1, 0, lines)
      await store.logs.append('run-1', 'environment-1', 2, 0, lines.slice(0, 1))
      expect(await store.logs.linesOf('run-1', 'environment-1', 1)).toBe(3)
      expect(await store.logs.linesOf('run-1', 'environment-2', 1)).toBe(0)
      expect(await store.logs.charactersOf('run-1')).toBe(13)
      await expect(store.logs.append('run-1', 'environment-1', 1, 2, lines)).rejects.toThrow()
      const all = await store.logs.list('run-1', 0, 10)
      expect(all.map(({ attempt, number, line }) => [attempt, number, line.text])).toEqual([
        [1, 0, 'un'],
        [1, 1, 'deux'],
        [1, 2, 'trois'],
        [2, 0, 'un'],
      ])
      expect(await store.logs.list('run-1', all[1]?.id ?? 0, 1)).toEqual([all[2]])
    })

    test('more log lines at once than a statement takes', async () => {
      await store.runs.add(newRun())
      const lines = Array.from({ length: 1200 }, (_, index) => ({
        at: noon.toISOString(),
        level: 'info' as const,
        text: String(index),
      }))
      await store.logs.append('run-1', 'environment-1', 1, 0, lines)
      expect((await store.logs.list('run-1', 0, 5000)).map(({ line }) => line)).toEqual(lines)
    })

    test('leases', async () => {
      const lease = {
        address: '10.0.0.50',
        state: 'bound',
        client: '1c:69:7a:00:00:01',
        mac: '1c:69:7a:00:00:01',
        startedAt: noon,
        grantedAt: after(60),
        expiresAt: after(3600),
      } as const
      await store.leases.put({ ...lease, hostName: 'nuc' })
      await store.leases.put({ ...lease, address: '10.0.0.51', state: 'quarantined' })
      expect(await store.leases.all()).toEqual([
        { ...lease, hostName: 'nuc' },
        { ...lease, address: '10.0.0.51', state: 'quarantined' },
      ])
      await store.leases.put({ ...lease, state: 'released' })
      await store.leases.remove('10.0.0.51')
      expect(await store.leases.all()).toEqual([{ ...lease, state: 'released' }])
    })

    test('people and their sessions, which end with them', async () => {
      const user = { name: 'admin', passwordHash: 'h', role: 'manager', createdAt: noon } as const
      await store.users.put(user)
      const session = { tokenHash: 't1', user: 'admin', createdAt: noon, expiresAt: after(10) }
      await store.sessions.put(session)
      await store.sessions.put({ ...session, tokenHash: 't2', expiresAt: after(20) })
      expect(await store.sessions.get('t1')).toEqual(session)
      await store.sessions.put({ ...session, tokenHash: 't3', createdAt: after(15), expiresAt: after(99) })
      expect(await store.sessions.removeExpired(after(10), after(12))).toBe(2)
      expect(await store.sessions.get('t1')).toBeNull()
      expect(await store.sessions.get('t3')).toBeNull()
      await store.sessions.put({ ...session, tokenHash: 't4' })
      expect(await store.sessions.removeOfUser('admin', 't2')).toEqual(['t4'])
      expect(await store.users.all()).toEqual([user])
      await store.users.remove('admin')
      expect(await store.sessions.get('t2')).toBeNull()
    })

    test('agents’ sessions and run tokens', async () => {
      await store.runs.add(newRun())
      const origin = { machineId: 'machine-1', bootId: 'boot-one', phase: 'windows', proven: true } as const
      const session = { tokenHash: 'a', ...origin, createdAt: noon }
      expect(await store.agentSessions.newestOf('machine-1')).toBeNull()
      await store.agentSessions.put(session)
      await store.agentSessions.put({ ...session, tokenHash: 'b', bootId: 'boot-two', createdAt: after(1) })
      expect(await store.agentSessions.newestOf('machine-1')).toMatchObject({ bootId: 'boot-two', proven: true })
      expect(await store.agentSessions.get('a')).toEqual(session)
      await store.agentSessions.removeOthers('machine-1', 'boot-two')
      expect(await store.agentSessions.get('a')).toBeNull()
      expect(await store.agentSessions.get('b')).not.toBeNull()
      const token = { tokenHash: 'r', runId: 'run-1', machineId: 'machine-1', sessionHash: 'b', createdAt: noon }
      await store.runTokens.put(token)
      expect(await store.runTokens.get('r')).toEqual(token)
      await store.runTokens.removeForRun('run-1')
      expect(await store.runTokens.get('r')).toBeNull()
    })

    const user = (name: string) => ({ name, passwordHash: 'h', role: 'manager', createdAt: noon }) as const

    test('a transaction whole or not at all', async () => {
      const torn = store.transaction(async (parts) => {
        await parts.records.put(record)
        await parts.users.put(user('x'))
        throw new Error('power cut')
      })
      await expect(torn).rejects.toThrow('power cut')
      expect(await store.records.page({ state: null, after: null, limit: 9 })).toEqual([])
      expect(await store.users.all()).toEqual([])
    })

    test('what is asked beside a transaction out of it', async () => {
      let beside: Promise<unknown> = Promise.resolve()
      await store
        .transaction(async (parts) => {
          await parts.users.put(user('x'))
          beside = store.users.put(user('y'))
          throw new Error('no')
        })
        .catch(() => undefined)
      await beside
      expect(await store.users.all()).toEqual([user('y')])
    })

    test('nothing for a machine that is not there', async () => {
      await expect(store.records.put({ ...record, machineId: 'nobody' })).rejects.toThrow()
    })
  })
})
