import { describe, expect, test } from 'vitest'
import { systemName } from '../../../../server/stock/record.ts'
import { machine, newRun, noon } from '../deployments/sample.ts'
import { databases } from './databases.ts'

describe.each(databases)('a store in $name', ({ skip, open }) => {
  test.skipIf(skip !== null)('knows which machines nobody has done anything with', async () => {
    const store = await open()
    const like = (id: string, code: string, name: string | null = null) => ({ ...machine, id, code, name })
    await store.machines.put(like('machine-1', 'C3F7'))
    await store.machines.put(like('machine-2', 'C3F8', 'Caisse 2'))
    await store.machines.put(like('machine-3', 'C3F9'))
    await store.machines.put(like('machine-4', 'C3FA'))
    const ids = async () => (await store.machines.untouched()).map(({ id }) => id).sort()
    const words = { reason: 'vue', sentence: null, createdAt: noon, changedAt: noon, facts: {} }
    await store.records.put({ id: 'record-1', machineId: 'machine-1', state: 'received', ...words })
    const event = { recordId: 'record-1', at: noon, from: null, to: 'received', reason: 'vue', sentence: null } as const
    await store.records.addEvent({ ...event, by: systemName, runId: null })
    expect(await ids()).toEqual(['machine-1', 'machine-3', 'machine-4'])
    await store.records.addEvent({ ...event, by: 'paul', runId: null })
    expect(await ids()).toEqual(['machine-3', 'machine-4'])
    await store.runs.add({ ...newRun(), machineId: 'machine-3' })
    expect(await ids()).toEqual(['machine-4'])
    const decision = { kind: 'apart', by: 'paul', at: noon } as const
    await store.doubts.put({ machineIds: ['machine-1', 'machine-4'], reason: 'CLONES', since: noon, decision })
    expect(await ids()).toEqual([])
    await store.close()
  })
})
