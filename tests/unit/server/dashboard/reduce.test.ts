import { describe, expect, test } from 'vitest'
import type { StepLogLine } from '../../../../server/api/deployments/schema.ts'
import { emptyWorkshop, reduce, type Workshop } from '../../../../server/dashboard/state/reduce.ts'
import { busyWorkshop } from '../../../dashboard/workshop.ts'

const seed = busyWorkshop()
const { machines, deployments, records, images, imports, newcomers } = seed
const lists = { machines, deployments, images, imports, newcomers }
const loaded = reduce(reduce(emptyWorkshop, { type: 'loaded', lists }), { type: 'records-read', records })
const first = <T>([one]: readonly T[]): T => {
  if (one === undefined) throw new Error('the seed is empty')
  return one
}
const run = first(deployments)
const line = (number: number, text = `line ${number}`): StepLogLine => ({
  stepId: 'environment-2',
  attempt: 1,
  number,
  line: { at: new Date(Date.UTC(2026, 0, 1, 8, 0, number)).toISOString(), level: 'info', text },
})
const texts = (state: Workshop): string[] => (state.logs[run.id] ?? []).map((one) => one.line.text)

describe('what the pages show', () => {
  test('is what the server listed, found by id', () => {
    expect(Object.keys(loaded.machines)).toHaveLength(machines.length)
    expect(loaded.deployments[run.id]).toBe(run)
  })

  test('replaces a thing by its newer self and leaves everything else as it was', () => {
    const next = reduce(loaded, { type: 'deployment', deployment: { ...run, fraction: 0.5 } })
    expect(next.deployments[run.id]?.fraction).toBe(0.5)
    expect(loaded.deployments[run.id]?.fraction).toBe(run.fraction)
    expect(next.machines).toBe(loaded.machines)
  })

  test.each([
    [
      'machine',
      { type: 'machine-removed', id: first(machines).id },
      (state: Workshop) => state.machines[first(machines).id],
    ],
    ['image', { type: 'image-removed', id: first(images).id }, (state: Workshop) => state.images[first(images).id]],
    ['import', { type: 'import-removed', id: 'gone' }, (state: Workshop) => state.imports['gone']],
  ] as const)('forgets a removed %s', (_name, event, read) => {
    expect(read(reduce(loaded, event))).toBeUndefined()
  })

  test('forgets a machine with its record and its runs', () => {
    const { id } = first(machines)
    const next = reduce(loaded, { type: 'machine-removed', id })
    const left = [...Object.values(next.records), ...Object.values(next.deployments)]
    expect(left.filter(({ machineId }) => machineId === id)).toEqual([])
    expect(left).toHaveLength(records.length + deployments.length - 2)
  })

  test('shows the newcomers that the server names, and no others', () => {
    expect(loaded.newcomers.items).toHaveLength(3)
    const named = { items: newcomers.items.slice(1), next: null, more: 7, overflown: false }
    expect(reduce(loaded, { type: 'newcomers', newcomers: named }).newcomers).toBe(named)
  })

  test('forgets what a later list no longer holds', () => {
    const lists = { machines: machines.slice(1), deployments, images, imports, newcomers }
    expect(reduce(loaded, { type: 'loaded', lists }).machines[first(machines).id]).toBeUndefined()
  })
})

describe('a log', () => {
  const live = (from: number, count: number) => ({
    type: 'deployment-log' as const,
    deploymentId: run.id,
    stepId: 'environment-2',
    from,
    lines: Array.from({ length: count }, (_, index) => line(from + index).line),
  })
  const opened = reduce(loaded, { type: 'log-opened', deploymentId: run.id })

  test('grows only while somebody looks at it', () => {
    expect(reduce(loaded, live(0, 2))).toBe(loaded)
    const closed = reduce(reduce(opened, live(0, 2)), { type: 'log-closed', deploymentId: run.id })
    expect(closed.logs[run.id]).toBeUndefined()
  })

  test('takes a repeated line once', () => {
    const twice = reduce(reduce(opened, live(0, 3)), live(1, 3))
    expect(texts(twice)).toEqual(['line 0', 'line 1', 'line 2', 'line 3'])
  })

  test('puts fetched lines before the live ones that came while it was fetched', () => {
    const before = reduce(opened, live(3, 2))
    const whole = reduce(before, {
      type: 'log-loaded',
      deploymentId: run.id,
      lines: [0, 1, 2, 3].map((number) => line(number)),
    })
    expect(texts(whole)).toEqual(['line 0', 'line 1', 'line 2', 'line 3', 'line 4'])
  })

  test('keeps the lines of a second attempt beside those of the first', () => {
    const retried = { ...run, steps: run.steps.map((step) => ({ ...step, attempt: 2 })) }
    const second = reduce(reduce(opened, live(0, 1)), { type: 'deployment', deployment: retried })
    expect(reduce(second, live(0, 1)).logs[run.id]?.map((one) => one.attempt)).toEqual([1, 2])
  })
})
