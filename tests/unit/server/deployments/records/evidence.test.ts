import { describe, expect, test } from 'vitest'
import type { Run } from '../../../../../server/deployments/run/run.ts'
import type { StepStatus } from '../../../../../server/deployments/run/step-status.ts'
import { stillHolds } from '../../../../../server/deployments/records/evidence-holds.ts'
import { serverItems } from '../../../../../server/deployments/records/evidence-items.ts'
import type { RecordEvent } from '../../../../../server/stock/record.ts'
import { phasesOf } from '../../../../../server/deployments/timing/run-phases.ts'
import { item } from '../evidence.ts'
import { after, inventory, newRun, noon } from '../sample.ts'

const source =
  'name: X\nenvironment:\n  - check-hardware: {}\n  - restart: {}\nwindows:\n  - verify: {}\n  - shut-down: {}\n'
const done = (from: number, to: number): StepStatus => ({
  kind: 'done',
  startedAt: after(from),
  endedAt: after(to),
  result: {},
})
const running = (from: number): StepStatus => ({
  kind: 'running',
  startedAt: after(from),
  heardAt: after(from),
  progress: null,
})
const run = (id: string, change: Partial<Run>, ...statuses: StepStatus[]): Run => {
  const made = newRun(source, {}, id)
  return {
    ...made,
    ...change,
    steps: made.steps.map((step, index) => ({ ...step, status: statuses[index] ?? step.status })),
  }
}
const checked = run(
  'a',
  { diskTouchedAt: noon, state: { kind: 'done', at: after(700) } },
  done(1, 60),
  done(60, 61),
  done(600, 660),
  done(660, 661),
)

describe('evidence still holds', () => {
  const untouched = run('b', {})
  const erased = run('c', { diskTouchedAt: after(900) })

  test('after a run that left the disk as it was', () => {
    expect(stillHolds({ runId: 'a' }, [untouched, checked])).toBe(true)
  })

  test('no longer once a later run has begun to write the disk', () => {
    expect(stillHolds({ runId: 'a' }, [untouched, erased, checked])).toBe(false)
  })

  test('whatever earlier runs wrote', () => {
    expect(stillHolds({ runId: 'a' }, [checked, erased])).toBe(true)
  })

  test('no longer when its own run has been taken up again from before the check', () => {
    expect(stillHolds({ runId: 'a' }, [run('a', {}, done(1, 2), running(3))])).toBe(false)
  })

  test('not when nobody knows its run', () => {
    expect(stillHolds({ runId: 'z' }, [checked])).toBe(false)
  })
})

describe('the halves of a run', () => {
  test('Windows’ own setup counts as Windows’ time', () => {
    expect(phasesOf(checked)).toEqual([
      { phase: 'environment', startedAt: after(1), endedAt: after(61) },
      { phase: 'windows', startedAt: after(61), endedAt: after(661) },
    ])
  })

  test('the one it is in has no end, the one to come is not there', () => {
    expect(phasesOf(run('a', {}, done(1, 60), running(60)))).toEqual([
      { phase: 'environment', startedAt: after(1), endedAt: null },
    ])
    expect(phasesOf(newRun(source))).toEqual([])
  })
})

describe('what the server adds to a check', () => {
  const event = (id: number, by: string, more: Partial<RecordEvent> = {}): RecordEvent => ({
    ...{
      id,
      recordId: 'r',
      at: after(id),
      by,
      from: 'checking',
      to: 'ready',
      reason: 'vu',
      sentence: null,
      runId: null,
    },
    ...more,
  })
  const events = [
    event(9, 'marie'),
    event(4, 'jean', { to: 'deploying', sentence: { fr: 'Préparation reprise.', en: 'Taken up again.' }, runId: 'a' }),
    event(3, 'run a'),
    event(2, 'old', { at: after(-10) }),
  ]
  const ram = {
    slot: 'DIMM 1',
    sizeBytes: 16 * 2 ** 30,
    type: 'DDR4',
    speedMtps: null,
    manufacturer: null,
    partNumber: null,
    serial: null,
  }
  const known = inventory()
  const items = serverItems(
    { run: checked, inventory: { ...known, memory: { ...known.memory, modules: [ram] } }, events },
    [],
  )
  const measured = (id: string) => items.find((one) => one.id === id)?.measured

  test('is the image, the hardware, the time and the people, all only noted', () => {
    expect(items.map(({ id }) => id)).toEqual([
      'image',
      'processor',
      'memory',
      'disk:S649NX0T0',
      'time-environment',
      'time-windows',
      'people',
    ])
    expect(new Set(items.map(({ verdict }) => verdict))).toEqual(new Set(['noted']))
    expect(measured('image')?.en).toBe('Windows 11 Pro (Professional, 10.0.26100.2033)')
    expect(measured('memory')?.fr).toBe('16\u202fGo, 2 emplacements, DIMM 1 16\u202fGo DDR4')
    expect(measured('disk:S649NX0T0')?.en).toBe('Samsung SSD 980, S649NX0T0, 500\u202fGB, healthy (0% worn)')
    expect(measured('time-windows')?.fr).toBe('10\u202fmin\u202f00')
  })

  test('people in the order of what they did, before the run and by itself not counted', () => {
    expect(measured('people')?.en).toBe('paul started the run; jean: Taken up again.; marie: "ready", vu')
  })

  test('is nothing that the check has measured itself', () => {
    const own = serverItems({ run: checked, inventory: known, events }, [item('memory'), item('disk:XYZ')])
    expect(own.map(({ id }) => id)).not.toContain('memory')
    expect(own.map(({ id }) => id)).not.toContain('disk:S649NX0T0')
  })

  test('is what there is', () => {
    const bare = serverItems({ run: { ...checked, image: null }, inventory: null, events: [] }, [])
    expect(bare.map(({ id }) => id)).toEqual(['time-environment', 'time-windows', 'people'])
  })
})
