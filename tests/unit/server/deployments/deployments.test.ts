import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Failure, ReportBody } from '../../../../agent/protocol/messages.ts'
import type { MaterialsRequest } from '../../../../server/catalogue/materials/materials.ts'
import type { Run } from '../../../../server/deployments/run/run.ts'
import { disksRevision } from '../../../../server/machines/disks-revision.ts'
import { databases } from '../store/databases.ts'
import { bad, good } from './evidence.ts'
import { everyMaterial } from './materials.ts'
import { inventory, newRun, noon } from './sample.ts'
import { leaveAgent, openWorkshop, type Workshop } from './workshop.ts'

const first = inventory()
const second = inventory({
  uuid: '1b2c3d4e-0042-3510-8057-b4c04f4d9999',
  serial: 'GENU9999',
  macs: ['1c:69:7a:00:00:02'],
})
const agent = { bootId: 'boot-one', version: '0.1.0' }
const lines = (...texts: string[]) => texts.map((text) => ({ at: noon.toISOString(), level: 'output' as const, text }))
const damaged: Failure = { code: 'IMAGE_HASH_MISMATCH', params: {} }

describe.each(databases)('deployments over $name', ({ skip, open }) => {
  describe.skipIf(skip !== null)('', () => {
    let workshop: Workshop
    let ids: string[]

    beforeEach(async () => {
      workshop = await openWorkshop(await open())
      const met = [await workshop.register.meet(first, noon), await workshop.register.meet(second, noon)]
      ids = met.map(({ machine }) => machine.id)
    })
    afterEach(() => workshop.close())

    const one = () => ids[0] ?? ''
    const start = async (change: Partial<Parameters<Workshop['deployments']['start']>[0]> = {}): Promise<Run> => {
      const [run] = await workshop.deployments.start({
        machineIds: [one()],
        sequenceId: 'image-only',
        imageId: 'windows-11-pro',
        disksSeen: { [one()]: disksRevision(first) },
        by: 'paul',
        ...change,
      })
      if (!run) throw new Error('no run was made')
      return run
    }
    const say = (run: Run, step: number, body: ReportBody, attempt = 1) =>
      workshop.deployments.report(
        { runId: run.id, stepId: `environment-${step}`, attempt, at: noon.toISOString(), body },
        new Date(noon.getTime() + 1000),
      )
    const finish = async (run: Run, step: number, attempt = 1) => {
      await workshop.deployments.workFor(one(), 'environment', agent)
      await say(run, step, { kind: 'started' }, attempt)
      return say(run, step, { kind: 'done', result: { step } }, attempt)
    }
    const recordState = async (machineId = one()) => (await workshop.stock.forMachine(machineId)).state

    test('a machine without a run waits', async () => {
      expect(await workshop.deployments.workFor(one(), 'environment', agent)).toEqual({ kind: 'wait' })
      expect(await workshop.deployments.activeFor(one())).toBeNull()
    })

    test('a run goes from assignment to its end, and the stock record with it', async () => {
      expect(await recordState()).toBe('assembled')
      const run = await start()
      expect(await recordState()).toBe('assembled')
      for (const step of [1, 2, 3, 4, 5]) {
        expect(await finish(run, step)).toBe('accepted')
        if (step === 1) expect(await recordState()).toBe('deploying')
      }
      expect((await workshop.deployments.get(run.id))?.state.kind).toBe('done')
      expect(await recordState()).toBe('checking')
      const record = await workshop.stock.forMachine(one())
      const history = await workshop.stock.history(record.id)
      expect(history.map(({ from, to, by }) => [from, to, by])).toEqual([
        ['deploying', 'checking', `run ${run.id}`],
        ['assembled', 'deploying', `run ${run.id}`],
        ['received', 'assembled', 'etabli'],
        [null, 'received', 'etabli'],
      ])
      expect(await workshop.deployments.workFor(one(), 'environment', agent)).toEqual({ kind: 'wait' })
      expect((await workshop.deployments.latestFor(one()))?.id).toBe(run.id)
    })

    test('several machines are started together, or none', async () => {
      const runs = await workshop.deployments.start({ machineIds: ids, sequenceId: 'check-only', by: 'paul' })
      expect(runs.map(({ machineId }) => machineId)).toEqual(ids)
      await workshop.deployments.cancel(runs[0]?.id ?? '', { by: 'paul', reason: 'non' })
      await expect(
        workshop.deployments.start({ machineIds: ids, sequenceId: 'check-only', by: 'paul' }),
      ).rejects.toMatchObject({ code: 'MACHINE_BUSY' })
      expect(await workshop.deployments.activeFor(one())).toBeNull()
    })

    test('two people who start the same machine at once: one of them is told', async () => {
      const both = await Promise.allSettled([start(), start()])
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    })

    test.each<[string, Parameters<Workshop['deployments']['start']>[0]]>([
      ['MACHINE_UNKNOWN', { machineIds: ['nobody'], sequenceId: 'check-only', by: 'paul' }],
      ['SEQUENCE_UNKNOWN', { machineIds: [], sequenceId: '../../etc/passwd', by: 'paul' }],
      ['SEQUENCE_INVALID', { machineIds: [], sequenceId: 'broken', by: 'paul' }],
      ['IMAGE_REQUIRED', { machineIds: [], sequenceId: 'image-only', by: 'paul' }],
      ['IMAGE_UNKNOWN', { machineIds: [], sequenceId: 'image-only', imageId: 'windows-3', by: 'paul' }],
    ])('what cannot be started is refused: %s', async (code, request) => {
      await workshop.sequences.save('broken', 'name: X\nenvironment:\n  - restrat: {}\n')
      await expect(workshop.deployments.start(request)).rejects.toMatchObject({ code })
    })

    test.each(['reserved', 'delivered', 'retired'] as const)('a machine that is %s is not erased', async (state) => {
      const record = await workshop.stock.forMachine(one())
      await workshop.store.records.put({ ...record, state })
      await expect(start()).rejects.toMatchObject({ code: 'MACHINE_NOT_DEPLOYABLE' })
    })

    test('progress is shown at once and stored now and then; facts are stored before they are answered', async () => {
      const run = await start()
      await finish(run, 1)
      await workshop.deployments.workFor(one(), 'environment', agent)
      await say(run, 2, { kind: 'started' })
      await say(run, 2, { kind: 'progress', progress: { fraction: 0.5 } })
      const shown = (await workshop.deployments.get(run.id))?.steps[1]?.status
      expect(shown).toMatchObject({ kind: 'running', progress: { fraction: 0.5 } })
      expect((await workshop.store.runs.get(run.id))?.steps[1]?.status).toMatchObject({
        kind: 'running',
        progress: null,
      })
      await workshop.deployments.close()
      expect((await workshop.store.runs.get(run.id))?.steps[1]?.status).toEqual(shown)
    })

    test('after a restart of the server the same step is served again, and its report accepted', async () => {
      const run = await start()
      await finish(run, 1)
      const before = await workshop.deployments.workFor(one(), 'environment', agent)
      await say(run, 2, { kind: 'started' })
      workshop = await workshop.restart()
      expect(await workshop.deployments.workFor(one(), 'environment', agent)).toEqual(before)
      expect(await say(run, 2, { kind: 'done', result: {} })).toBe('accepted')
    })

    test('after a power cut the step begins again as a new attempt, an image with its disk', async () => {
      const run = await start()
      await finish(run, 1)
      await finish(run, 2)
      await workshop.deployments.workFor(one(), 'environment', agent)
      await say(run, 3, { kind: 'started' })
      const work = await workshop.deployments.workFor(one(), 'environment', { ...agent, bootId: 'boot-two' })
      expect(work).toMatchObject({ kind: 'step', step: { type: 'partition-disk', attempt: 2 } })
      expect(await say(run, 3, { kind: 'done', result: {} })).toBe('stale')
      // The new start is now the known one: asking again changes nothing.
      expect(await workshop.deployments.workFor(one(), 'environment', { ...agent, bootId: 'boot-two' })).toEqual(work)
    })

    test('a failure waits for a person, who takes it up again', async () => {
      const run = await start()
      await finish(run, 1)
      expect(await say(run, 2, { kind: 'failed', failure: damaged })).toBe('accepted')
      expect(await recordState()).toBe('attention')
      expect(await workshop.deployments.workFor(one(), 'environment', agent)).toMatchObject({
        kind: 'attention',
        runId: run.id,
      })
      await workshop.deployments.retry(run.id, { by: 'paul', variables: { disk: 'S649NX0T1' } })
      expect(await recordState()).toBe('deploying')
      expect(await workshop.deployments.workFor(one(), 'environment', agent)).toMatchObject({
        step: { type: 'partition-disk', attempt: 2, input: { disk: { serial: 'S649NX0T1' } } },
      })
    })

    test('a cancelled run is over at once, and its agent told at the next report', async () => {
      const run = await start()
      await finish(run, 1)
      await workshop.deployments.workFor(one(), 'environment', agent)
      await say(run, 2, { kind: 'started' })
      await workshop.deployments.cancel(run.id, { by: 'paul', reason: 'mauvais disque' })
      expect(await say(run, 2, { kind: 'progress', progress: { fraction: 0.9 } })).toBe('cancel')
      expect(await recordState()).toBe('attention')
      expect(await workshop.deployments.workFor(one(), 'environment', agent)).toEqual({ kind: 'wait' })
      await expect(workshop.deployments.cancel(run.id, { by: 'paul', reason: 'x' })).rejects.toMatchObject({
        code: 'RUN_OVER',
      })
    })

    test('log lines that come twice are kept once, those of a new attempt beside them', async () => {
      const run = await start()
      const heard: string[] = []
      workshop.deployments.onLog((_, stepId, from, added) =>
        heard.push(`${stepId} ${from} ${added.map(({ text }) => text).join('+')}`),
      )
      expect(await say(run, 1, { kind: 'log', from: 0, lines: lines('a', 'b') })).toBe('accepted')
      await say(run, 1, { kind: 'log', from: 0, lines: lines('a', 'b') })
      await say(run, 1, { kind: 'log', from: 1, lines: lines('b', 'c') })
      expect(await say(run, 1, { kind: 'log', from: 0, lines: lines('z') }, 2)).toBe('stale')
      const log = await workshop.deployments.log(run.id)
      expect(log.map(({ number, line }) => [number, line.text])).toEqual([
        [0, 'a'],
        [1, 'b'],
        [2, 'c'],
      ])
      expect(heard).toEqual(['environment-1 0 a+b', 'environment-1 2 c'])
      expect(await workshop.deployments.log(run.id, log[1]?.id)).toHaveLength(1)
    })

    test('a log gone wild is cut off, and says so', async () => {
      const run = await start()
      const long = 'x'.repeat(4096)
      for (let from = 0; from < 2500; from += 500)
        await say(run, 1, { kind: 'log', from, lines: lines(...Array.from({ length: 500 }, () => long)) })
      await say(run, 1, { kind: 'log', from: 2500, lines: lines('late') })
      let last: string | undefined
      let count = 0
      for (
        let page = await workshop.deployments.log(run.id);
        page.length > 0;
        page = await workshop.deployments.log(run.id, page.at(-1)?.id)
      ) {
        last = page.at(-1)?.line.text
        count += page.length
      }
      expect(count).toBeLessThan(2500)
      expect(last).toContain('The log is too long')
    })

    describe('in Windows', () => {
      const source = 'name: W\nwindows:\n  - windows-update: {}\n  - verify: {}\n  - shut-down: {}\n'
      const inWindows = { bootId: 'windows-one', version: '0.1.0' }
      const sayThere = async (run: Run, step: number, body: ReportBody, attempt = 1) => {
        await workshop.deployments.workFor(one(), 'windows', inWindows)
        const report = { runId: run.id, stepId: `windows-${step}`, attempt, at: noon.toISOString(), body }
        return workshop.deployments.report(report, new Date(noon.getTime() + 1000))
      }
      const done = (result: object) => ({ kind: 'done', result: { ...result } }) as const
      beforeEach(async () => {
        await workshop.sequences.save('w', source)
        await leaveAgent(workshop, one())
      })

      test('a run that begins there needs an agent that sleeps there; all are refused, with the machine’s name', async () => {
        const [, other = ''] = ids
        const machineIds = [one(), other]
        await expect(start({ sequenceId: 'w', machineIds })).rejects.toMatchObject({
          code: 'AGENT_MISSING',
          description: { message: { en: expect.stringContaining('"GENU9999"') as string } },
        })
        expect(await workshop.deployments.activeFor(one())).toBeNull()
      })

      test('a step that restarts the machine gets its memory back, whoever else was restarted meanwhile', async () => {
        const run = await start({ sequenceId: 'w' })
        const memory = { pass: 1, failed: ['KB5012170'] }
        expect(await sayThere(run, 1, { kind: 'continues', memory })).toBe('accepted')
        workshop = await workshop.restart()
        expect(await sayThere(run, 1, { kind: 'continues', memory })).toBe('accepted')
        expect(await workshop.deployments.workFor(one(), 'windows', inWindows)).toEqual({ kind: 'restart' })
        const work = await workshop.deployments.workFor(one(), 'windows', { ...inWindows, bootId: 'windows-two' })
        expect(work).toMatchObject({ step: { type: 'windows-update', attempt: 2, memory } })
        workshop = await workshop.restart()
        expect(await workshop.deployments.workFor(one(), 'windows', { ...inWindows, bootId: 'windows-two' })).toEqual(
          work,
        )
      })

      test('a check that passed makes the machine ready, and is kept in the same breath', async () => {
        const run = await start({ sequenceId: 'w' })
        await sayThere(run, 1, done({ facts: { teamViewerId: '123' } }))
        await sayThere(run, 2, done(good))
        await sayThere(run, 3, done({}))
        const record = await workshop.stock.forMachine(one())
        expect(record).toMatchObject({ state: 'ready', facts: { teamViewerId: '123' } })
        expect(await workshop.stock.evidence(record.id)).toEqual({
          ...{ runId: run.id, recordId: record.id, at: new Date(noon.getTime() + 1000) },
          ...good,
        })
      })

      test('a machine that is sold is checked and given back; what would erase it is refused', async () => {
        const record = await workshop.stock.forMachine(one())
        await workshop.store.records.put({ ...record, state: 'delivered' })
        const run = await start({ sequenceId: 'w' })
        expect(run.returnsTo).toBe('delivered')
        await sayThere(run, 1, done({}))
        expect(await recordState()).toBe('deploying')
        await workshop.deployments.cancel(run.id, { by: 'paul', reason: 'non' })
        expect(await recordState()).toBe('delivered')
        await expect(start()).rejects.toMatchObject({ code: 'MACHINE_NOT_DEPLOYABLE' })
      })

      test('what a check measured is told to whoever watches the stock', async () => {
        const run = await start({ sequenceId: 'w' })
        await sayThere(run, 1, done({}))
        const told: string[] = []
        workshop.stock.onChange(({ state }) => told.push(state))
        await sayThere(run, 2, done(bad))
        expect(told).toEqual(['deploying', 'attention'])
        expect(await workshop.stock.evidence((await workshop.stock.forMachine(one())).id)).toMatchObject({
          passed: false,
        })
      })
    })

    test('the materials of a run are chosen for what it does, and pinned', async () => {
      const asked: MaterialsRequest[] = []
      await workshop.close()
      workshop = await openWorkshop(await open(), async (request) => {
        asked.push(request)
        return everyMaterial
      })
      const { machine } = await workshop.register.meet(first, noon)
      await workshop.sequences.save(
        'w',
        'name: W\nwindows:\n  - restart: {}\n    when: false\n  - windows-update: {}\n',
      )
      await leaveAgent(workshop, machine.id)
      const run = await start({ sequenceId: 'w', machineIds: [machine.id] })
      expect(asked.map(({ steps, image: pinned }) => [steps.map(({ type }) => type), pinned])).toEqual([
        [['windows-update'], null],
      ])
      expect((await workshop.store.runs.get(run.id))?.materials).toEqual(everyMaterial)
      expect(await workshop.deployments.workFor(machine.id, 'windows', agent)).toMatchObject({
        materials: { updates: [{ id: 'KB5058411' }], software: [] },
      })
    })

    test('a run keeps the disks that were seen, whatever the machine shows later, and hands them to each step', async () => {
      const run = await start()
      await workshop.register.meet({ ...first, disks: second.disks.map((disk) => ({ ...disk, serial: 'NEW' })) }, noon)
      workshop = await workshop.restart()
      const seen = [expect.objectContaining({ serial: 'S649NX0T0', sizeBytes: 500_107_862_016, transport: 'nvme' })]
      expect((await workshop.store.runs.get(run.id))?.disks).toEqual(seen)
      for (const step of [1, 2, 3, 4, 5]) {
        expect(await workshop.deployments.workFor(one(), 'environment', agent)).toMatchObject({ disks: seen })
        await finish(run, step)
      }
    })

    test('a run begun by a version that pinned no disks gets none now: its steps refuse to write', async () => {
      await workshop.store.runs.add({ ...newRun(), machineId: one() })
      const work = await workshop.deployments.workFor(one(), 'environment', agent)
      expect(work.kind).toBe('step')
      expect(work).not.toHaveProperty('disks')
    })

    test('a run that writes no disk is handed none', async () => {
      const run = await start({ sequenceId: 'check-only' })
      expect(run.disks).toBeNull()
      expect(await workshop.deployments.workFor(one(), 'environment', agent)).not.toHaveProperty('disks')
    })

    test('what was not seen is not assigned: one machine of several is enough to refuse all', async () => {
      const both = { [ids[0] ?? '']: disksRevision(first), [ids[1] ?? '']: disksRevision(second) }
      const [, other = ''] = ids
      const refused = async (disksSeen: Record<string, string>, code: string): Promise<void> => {
        await expect(start({ machineIds: ids, disksSeen })).rejects.toMatchObject({ code })
        expect(await workshop.deployments.list({})).toEqual([])
      }
      await refused({ [one()]: disksRevision(first) }, 'DISKS_NOT_SEEN')
      await refused({ ...both, [other]: disksRevision(inventory({ disks: 2 })) }, 'DISKS_CHANGED')
      await workshop.register.meet({ ...second, disks: inventory({ disks: 2 }).disks }, noon)
      await refused(both, 'DISKS_CHANGED')
    })

    test('what has changed is told after it is recorded', async () => {
      const states: string[] = []
      workshop.deployments.onChange((run) => states.push(run.state.kind))
      workshop.stock.onChange((record) => states.push(record.state))
      const run = await start()
      await say(run, 1, { kind: 'started' })
      await workshop.deployments.cancel(run.id, { by: 'paul', reason: 'non' })
      expect(states).toEqual(['waiting', 'running', 'deploying', 'cancelled', 'assembled'])
    })

    test('time left is learned from earlier runs on the model', async () => {
      const run = await start()
      expect(await workshop.deployments.timeLeft(run, noon)).toBeNull()
      for (const step of [1, 2, 3, 4, 5]) await finish(run, step)
      workshop.pass(120)
      const next = await start()
      expect(await workshop.deployments.timeLeft(next, noon)).toEqual({ least: 0, most: 0 })
    })
  })
})
