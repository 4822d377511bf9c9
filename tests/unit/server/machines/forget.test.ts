import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { StartRequest } from '../../../../server/deployments/planning/plan-runs.ts'
import { disksRevision } from '../../../../server/machines/disks-revision.ts'
import { openStore } from '../../../../server/store/store.ts'
import { tablesWith } from '../store/rows.ts'
import { databases } from '../store/databases.ts'
import { good } from '../deployments/evidence.ts'
import { after, inventory, noon } from '../deployments/sample.ts'
import { openWorkshop, type Workshop } from '../deployments/workshop.ts'

/** To start a run on it, with its disk seen. */
const requestFor = (id: string): StartRequest => ({
  ...{ machineIds: [id], sequenceId: 'image-only', imageId: 'windows-11-pro', by: 'paul' },
  disksSeen: { [id]: disksRevision(inventory()) },
})

/** Leaves a trace of the machine in every table that can hold one. */
async function use({ deployments, stock, store }: Workshop, id: string): Promise<string> {
  const request = requestFor(id)
  const [run] = await deployments.start(request)
  const [step] = run?.steps ?? []
  if (run === undefined || step === undefined) throw new Error('no run was made')
  await deployments.workFor(id, 'environment')
  const lines = [{ at: noon.toISOString(), level: 'info' as const, text: 'bonjour' }]
  const body = { kind: 'log' as const, from: 0, lines }
  await deployments.report({ runId: run.id, stepId: step.id, attempt: 1, at: noon.toISOString(), body }, noon)
  await deployments.cancel(run.id, { by: 'paul', reason: 'assez' })
  const record = await stock.forMachine(id)
  const link = { runId: run.id, machineId: id, createdAt: noon }
  await store.evidence.put({ runId: run.id, recordId: record.id, at: noon, ...good })
  await store.agentSessions.put({
    tokenHash: 'session',
    machineId: id,
    bootId: 'boot',
    phase: 'environment',
    proven: false,
    createdAt: noon,
  })
  await store.runTokens.put({ tokenHash: 'token', sessionHash: 'session', ...link })
  await store.agentKeys.put({ keyHash: 'key', attempt: 1, accepted: true, ...link })
  return run.id
}

test('a machine that is forgotten leaves nothing behind, and nothing of another one goes with it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'etabli-forget-'))
  const file = join(folder, 'etabli.db')
  const workshop = await openWorkshop(await openStore({ url: null, file }))
  const other = inventory({ uuid: '1b2c3d4e-0042-3510-8057-b4c04f4d9999', serial: 'S2', macs: ['1c:69:7a:00:00:02'] })
  const { machine: kept } = await workshop.register.meet(other, noon)
  const { machine } = await workshop.register.meet(inventory(), noon)
  const run = await use(workshop, machine.id)
  expect(tablesWith(file, machine.id)).toEqual(
    expect.arrayContaining(['agent_keys', 'agent_sessions', 'machines', 'records', 'run_tokens', 'runs']),
  )
  expect(tablesWith(file, run)).toEqual(expect.arrayContaining(['evidence', 'run_log', 'run_steps']))
  const removed: string[] = []
  workshop.register.onRemoved((gone) => removed.push(gone))
  await workshop.register.forget(machine.id)
  expect(removed).toEqual([machine.id])
  expect([tablesWith(file, machine.id), tablesWith(file, run)]).toEqual([[], []])
  expect((await workshop.register.list()).map(({ id }) => id)).toEqual([kept.id])
  expect(await workshop.stock.forMachine(kept.id)).toMatchObject({ state: 'assembled' })
  expect((await (await workshop.restart()).register.list()).map(({ id }) => id)).toEqual([kept.id])
  await workshop.close()
  await rm(folder, { recursive: true })
})

describe.each(databases)('a machine that is forgotten, in $name', ({ skip, open }) => {
  describe.skipIf(skip !== null)('', () => {
    let workshop: Workshop
    let id: string
    beforeEach(async () => {
      workshop = await openWorkshop(await open())
      id = (await workshop.register.meet(inventory(), noon)).machine.id
    })
    afterEach(() => workshop.close())

    test('is gone with all that hangs on it', async () => {
      await use(workshop, id)
      await workshop.register.forget(id)
      expect(await workshop.register.list()).toEqual([])
      expect(await workshop.deployments.list({ machineId: id })).toEqual([])
      await expect(workshop.stock.forMachine(id)).rejects.toMatchObject({ code: 'RECORD_UNKNOWN' })
    })

    test('is a new one when it says hello again', async () => {
      await workshop.register.forget(id)
      expect(await workshop.register.find({ uuid: null, mac: '1c:69:7a:00:00:01' })).toBeNull()
      const again = await workshop.register.meet(inventory(), after(9))
      expect(again.isNew).toBe(true)
      expect(again.machine.id).not.toBe(id)
    })

    test('is not, while a run of it goes on', async () => {
      const request = requestFor(id)
      await workshop.deployments.start(request)
      await expect(workshop.register.forget(id)).rejects.toMatchObject({ code: 'MACHINE_HAS_RUN' })
      expect(await workshop.register.get(id)).not.toBeNull()
      expect(await workshop.deployments.activeFor(id)).not.toBeNull()
    })

    test('has to be there', async () => {
      await expect(workshop.register.forget('nobody')).rejects.toMatchObject({ code: 'MACHINE_UNKNOWN' })
    })
  })
})
