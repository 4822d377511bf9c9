import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ReportBody } from '../../../../../agent/protocol/messages.ts'
import { createLiveRuns } from '../../../../../server/deployments/records/live-runs.ts'
import type { Run } from '../../../../../server/deployments/run/run.ts'
import { disksRevision } from '../../../../../server/machines/disks-revision.ts'
import type { Store } from '../../../../../server/store/store.ts'
import { databases } from '../../store/databases.ts'
import { inventory, noon } from '../sample.ts'
import { openWorkshop, type Workshop } from '../workshop.ts'

const agent = { bootId: 'boot-one', version: '0.1.0' }
const fraction = (value: number): ReportBody => ({ kind: 'progress', progress: { fraction: value } })

describe.each(databases)('progress of runs over $name', ({ skip, open }) => {
  describe.skipIf(skip !== null)('', () => {
    let workshop: Workshop
    let runs: Run[]

    beforeEach(async () => {
      workshop = await openWorkshop(await open())
      const disksSeen: Record<string, string> = {}
      for (const [uuid, serial, macs] of [
        ['88888888-8787-8888-9888-000000000001', 'GETN0001', ['1c:69:7a:00:00:01']],
        ['88888888-8787-8888-9888-000000000002', 'GETN0002', ['1c:69:7a:00:00:02']],
        ['88888888-8787-8888-9888-000000000003', 'GETN0003', ['1c:69:7a:00:00:03']],
      ] as const) {
        const seen = inventory({ uuid, serial, macs: [...macs] })
        const { machine } = await workshop.register.meet(seen, noon)
        disksSeen[machine.id] = disksRevision(seen)
      }
      runs = await workshop.deployments.start({
        ...{ machineIds: Object.keys(disksSeen), disksSeen },
        ...{ sequenceId: 'image-only', imageId: 'windows-11-pro', by: 'paul' },
      })
      for (const run of runs) {
        await workshop.deployments.workFor(run.machineId, 'environment', agent)
        await say(run, 1, { kind: 'started' })
      }
    })
    afterEach(() => workshop.close())

    const say = (run: Run, step: number, body: ReportBody) =>
      workshop.deployments.report(
        { runId: run.id, stepId: `environment-${step}`, attempt: 1, at: noon.toISOString(), body },
        noon,
      )

    test('is answered while the store is busy with something else, and written then', async () => {
      const [run] = runs
      if (run === undefined) throw new Error('no run was made')
      workshop.pass(6)
      await workshop.store.transaction(async () => {
        expect(await say(run, 1, fraction(0.25))).toBe('accepted')
      })
      await expect
        .poll(async () => (await workshop.store.runs.get(run.id))?.steps[0]?.status)
        .toMatchObject({ progress: { fraction: 0.25 } })
    })

    test('never comes after a fact, however they meet', async () => {
      for (const step of [1, 2, 3, 4]) {
        for (const round of [1, 2, 3]) {
          workshop.pass(6)
          await Promise.all(runs.map((run) => say(run, step, fraction(round / 4))))
        }
        await Promise.all(runs.map((run) => say(run, step, { kind: 'done', result: { step } })))
        for (const run of runs) {
          const now = await workshop.deployments.get(run.id)
          expect(await workshop.store.runs.get(run.id)).toEqual(now)
          await workshop.deployments.workFor(run.machineId, 'environment', agent)
          await say(run, step + 1, { kind: 'started' })
        }
      }
      await workshop.deployments.close()
      for (const run of runs) {
        const now = await workshop.deployments.get(run.id)
        expect(now?.steps.slice(0, 5).map(({ status }) => status.kind)).toEqual([
          ...['done', 'done', 'done', 'done', 'running'],
        ])
        expect(await workshop.store.runs.get(run.id)).toEqual(now)
      }
    })

    test('that cannot be written is told by the next report, and written once that is possible', async () => {
      const [planned] = runs
      const run = planned === undefined ? null : await workshop.store.runs.get(planned.id)
      if (run === null) throw new Error('no run was made')
      let fault: Error | null = new Error('disk full')
      let refused = 0
      const store: Store = {
        ...workshop.store,
        transaction: async (work) => {
          if (fault !== null) refused += 1
          if (fault !== null) throw fault
          return workshop.store.transaction(work)
        },
      }
      let seconds = 0
      const live = createLiveRuns(store, () => new Date(noon.getTime() + (seconds += 6) * 1000))
      live.keep(run)
      await live.note({ ...run, bootId: 'two' })
      await expect.poll(() => refused).toBe(1)
      await expect(live.note({ ...run, bootId: 'three' })).rejects.toThrow('disk full')
      fault = null
      await live.note({ ...run, bootId: 'four' })
      expect((await workshop.store.runs.get(run.id))?.bootId).toBe('four')
      fault = new Error('disk full')
      await live.note({ ...run, bootId: 'five' })
      await expect.poll(() => refused).toBe(3)
      fault = null
      await live.flush()
      expect((await workshop.store.runs.get(run.id))?.bootId).toBe('five')
    })
  })
})
