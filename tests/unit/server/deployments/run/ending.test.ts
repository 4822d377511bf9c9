import { describe, expect, test } from 'vitest'
import type { RunEvent } from '../../../../../server/deployments/run/event.ts'
import { next } from '../../../../../server/deployments/run/next.ts'
import type { Run } from '../../../../../server/deployments/run/run.ts'
import { bad, good } from '../evidence.ts'
import { after, newRun } from '../sample.ts'
import { again, cancelled, doneSteps, lastMove, moves, says, served, tell, type Course } from '../run-events.ts'

const source = (...windows: string[]) =>
  ['name: X', 'environment:', '  - restart: {}', 'windows:', ...windows.map((step) => `  ${step}`)].join('\n')
const result = (step: number, value: object = {}, attempt = 1): RunEvent[] => [
  served,
  says(`windows-${step}`, { kind: 'done', result: { ...value } }, attempt, after(60)),
]
const inWindows = (run: Run, ...events: RunEvent[][]): Course => tell(run, ...doneSteps(1), ...events.flat())
const kinds = ({ effects }: Course) => effects.map(({ kind }) => kind)

describe('a check', () => {
  const run = newRun(source('- verify: {}', '- shut-down: {}'))

  test('that passed makes the machine ready when the run is over', () => {
    const checked = inWindows(run, result(1, good))
    expect(kinds(checked)).toEqual(['move-record', 'keep-evidence'])
    const over = inWindows(run, result(1, good), result(2))
    expect(moves(over)).toEqual(['deploying', 'ready'])
  })

  test('that failed is kept, and wants a person', () => {
    const course = inWindows(run, result(1, bad))
    expect(course.run.state).toMatchObject({ kind: 'attention', failure: { code: 'VERIFY_FAILED' } })
    expect(course.verdicts.at(-1)).toBe('accepted')
    expect(kinds(course)).toEqual(['move-record', 'keep-evidence', 'move-record'])
    expect(moves(course)).toEqual(['deploying', 'attention'])
  })

  test('that failed and is repeated has been told already', () => {
    const { run: stopped } = inWindows(run, result(1, bad))
    const [, report] = result(1, bad)
    expect(report && next(stopped, report)).toMatchObject({ verdict: 'stale', change: 'none', effects: [] })
  })

  test('done again after a person has put things right makes the machine ready', () => {
    const course = inWindows(run, result(1, bad), [again()], result(1, good, 2), result(2))
    expect(moves(course)).toEqual(['deploying', 'attention', 'deploying', 'ready'])
  })

  test('is tried again by itself where the sequence says so', () => {
    const retried = newRun(source('- verify: {}', '  retries: 1'))
    const course = inWindows(retried, result(1, bad))
    expect(course.run.state.kind).toBe('running')
    expect(kinds(course)).toEqual(['move-record', 'keep-evidence'])
    expect(lastMove(inWindows(retried, result(1, bad), result(1, good, 2)))).toMatchObject({ to: 'ready' })
  })

  test('that failed and does not matter lets the run go on, and the machine is not ready', () => {
    const lenient = newRun(source('- verify: {}', '  continueOnError: true', '- shut-down: {}'))
    expect(moves(inWindows(lenient, result(1, bad), result(2)))).toEqual(['deploying', 'checking'])
  })

  test('whose result nobody can read is no check', () => {
    const course = inWindows(run, result(1, { passed: true }))
    expect(course.run.state).toMatchObject({ kind: 'attention', failure: { code: 'VERIFY_UNREADABLE' } })
    expect(kinds(course)).toEqual(['move-record', 'move-record'])
  })

  test('there has been none: a person has to check', () => {
    expect(moves(inWindows(newRun(source('- shut-down: {}')), result(1)))).toEqual(['deploying', 'checking'])
  })
})

describe('what a step says of the machine', () => {
  test('goes into its record', () => {
    const run = newRun(source('- install-software: { package: teamviewer-host }', '- shut-down: {}'))
    const facts = { teamViewerId: '123 456 789' }
    expect(inWindows(run, result(1, { facts })).effects).toContainEqual({ kind: 'keep-facts', facts })
  })

  test('goes there although its check has failed', () => {
    const facts = { teamViewerId: '123 456 789' }
    const course = inWindows(newRun(source('- verify: {}')), result(1, { ...bad, facts }))
    expect(course.effects).toContainEqual({ kind: 'keep-facts', facts })
  })

  test('is forgotten when the disk is about to be written', () => {
    const run = newRun('name: X\nenvironment:\n  - partition-disk: { disk: only }\n  - apply-image: {}\n')
    const course = tell(run, served, served, ...doneSteps(1), served)
    expect(kinds(course).filter((kind) => kind === 'forget-facts')).toHaveLength(1)
  })
})

describe('a machine that is sealed', () => {
  const keys = { kind: 'forget-keys', of: 'machine' }

  test.each<[string, string, boolean]>([
    ['for good', '- seal: { for: customer }', true],
    ['with the agent asleep in it', '- seal: { agent: keep }', false],
  ])('%s', (_, step, gone) => {
    const run = newRun(source(step, '- shut-down: {}'))
    // Until its last step is done the agent still has to show its key after a restart.
    expect(inWindows(run, result(1)).effects).not.toContainEqual(keys)
    const { effects } = inWindows(run, result(1), result(2))
    expect(effects.some(({ kind }) => kind === 'forget-keys')).toBe(gone)
  })

  test('is delivered at the end of the run that delivers, and its agent knows nobody any more', () => {
    const run = newRun(source('- verify: {}', '- deliver: {}', '- shut-down: {}'))
    const course = inWindows(run, result(1, good), result(2), result(3))
    expect(lastMove(course)).toMatchObject({ to: 'delivered', grounds: 'delivery' })
    expect(course.effects).toContainEqual(keys)
  })
})

describe('a run that leaves the disk as it is, on a machine that is reserved', () => {
  const run: Run = { ...newRun(source('- verify: {}', '- shut-down: {}')), returnsTo: 'reserved' }

  test('gives it back so', () => {
    expect(lastMove(inWindows(run, result(1, good), result(2)))).toMatchObject({ to: 'reserved', grounds: 'return' })
  })

  test('gives it back when a person cancels', () => {
    expect(lastMove(inWindows(run, [cancelled]))).toMatchObject({ to: 'reserved', grounds: 'return' })
  })

  test('does not when its check has failed, cancelled or not', () => {
    expect(lastMove(inWindows(run, result(1, bad), [cancelled]))).toMatchObject({ to: 'checking' })
    const lenient = newRun(source('- verify: {}', '  continueOnError: true', '- shut-down: {}'))
    expect(lastMove(inWindows({ ...lenient, returnsTo: 'ready' }, result(1, bad), result(2)))).toMatchObject({
      to: 'checking',
    })
  })

  test('cannot be turned into one that erases it', () => {
    const wiping = newRun(
      'name: X\nvariables: { wipe: false }\nenvironment:\n  - run-command: { command: a }\n  - partition-disk: { disk: only }\n    when: ${wipe}\n',
    )
    const stopped = tell(
      { ...wiping, returnsTo: 'ready' },
      served,
      says('environment-1', { kind: 'failed', failure: { code: 'COMMAND_FAILED', params: {} } }),
    ).run
    expect(tell(stopped, again(null, { wipe: true }))).toMatchObject({
      refused: ['MACHINE_NOT_DEPLOYABLE'],
      run: stopped,
    })
    expect(tell(stopped, again(null, { wipe: false })).run.state.kind).toBe('running')
  })
})
