import { describe, expect, test } from 'vitest'
import type { RunEvent } from '../../../../../server/deployments/run/event.ts'
import { next } from '../../../../../server/deployments/run/next.ts'
import type { Run } from '../../../../../server/deployments/run/run.ts'
import type { StepStatus } from '../../../../../server/deployments/run/step-status.ts'
import { after, newRun } from '../sample.ts'
import { again, cancelled, continues, damaged, done, failed, lost, says, served, started, tell } from '../run-events.ts'

/**
 * The specification of a run: what each event makes of its current step (the second one here, an update), and of the run
 * and the machine's record. `#2` is a new attempt; a row that says only `stale` or `cancel` changes nothing.
 */
const source = 'name: X\nwindows:\n  - verify: { allow: [a] }\n  - windows-update: {}\n  - shut-down: {}\n'
const checked = { kind: 'done', result: { passed: true, items: [item()] } } as const
const id = 'windows-2'

function item() {
  const both = { fr: 'a', en: 'a' }
  return { id: 'a', title: both, expected: null, measured: both, verdict: 'passed' }
}

const pending = tell(newRun(source), served, says('windows-1', checked)).run
const handed = tell(pending, served).run
const running = tell(handed, says(id, started)).run
const restarting = tell(running, says(id, continues())).run
const steps: Record<string, Run> = {
  pending,
  served: handed,
  running,
  restarting,
  interrupted: tell(running, lost).run,
  done: tell(running, says(id, done)).run,
  failed: tell(running, says(id, failed(damaged))).run,
}

/** The step's own report, of the attempt it is in. */
const reports = {
  heard: { kind: 'heard' },
  started,
  progress: { kind: 'progress', progress: { fraction: 0.5 } },
  continues: continues(),
  done,
  failed: failed(damaged),
} as const

const others: Record<string, RunEvent> = { served, lost, cancelled, again: again() }

function eventFor(run: Run, name: string): RunEvent {
  const report = Object.entries(reports).find(([key]) => key === name)?.[1]
  const other = others[name]
  if (report !== undefined) return says(id, report, run.steps[1]?.attempt ?? 1, after(50))
  if (other !== undefined) return other
  throw new Error(`no event ${name}`)
}

function outcome(run: Run, name: string): string {
  const result = next(run, eventFor(run, name))
  if (result.kind === 'refused') return result.refusal.code
  if (result.change === 'none') return result.verdict === 'accepted' ? 'as it is' : result.verdict
  const [before, step] = [run.steps[1], result.run.steps[1]]
  const attempt = step !== undefined && step.attempt !== before?.attempt ? ` #${step.attempt}` : ''
  const moves = result.effects.flatMap((effect) => (effect.kind === 'move-record' ? [effect.to] : []))
  const state = result.run.state.kind === run.state.kind ? [] : [result.run.state.kind]
  return [`${step?.status.kind}${attempt}`, ...state, ...moves.map((to) => `record ${to}`)].join(', ')
}

type Row = Record<string, string>

const stopped = 'failed, attention, record attention'
const cut = 'failed, cancelled, record assembled'
const specification: Record<Exclude<StepStatus['kind'], 'skipped'>, Row> = {
  pending: {
    ...{
      served: 'served',
      lost: 'as it is',
      again: 'RUN_NOT_STOPPED',
      cancelled: 'pending, cancelled, record assembled',
    },
    ...{ heard: 'as it is', started: 'running', progress: 'running', continues: 'restarting' },
    ...{ done: 'done', failed: stopped },
  },
  served: {
    ...{
      served: 'as it is',
      lost: 'pending #2',
      again: 'RUN_NOT_STOPPED',
      cancelled: 'served, cancelled, record assembled',
    },
    ...{ heard: 'as it is', started: 'running', progress: 'running', continues: 'restarting' },
    ...{ done: 'done', failed: stopped },
  },
  running: {
    ...{ served: 'as it is', lost: 'interrupted #2', again: 'RUN_NOT_STOPPED', cancelled: cut },
    ...{ heard: 'running', started: 'as it is', progress: 'running', continues: 'restarting' },
    ...{ done: 'done', failed: stopped },
  },
  restarting: {
    ...{ served: 'as it is', lost: 'interrupted #2', again: 'RUN_NOT_STOPPED', cancelled: cut },
    ...{ heard: 'restarting', started: 'as it is', progress: 'restarting', continues: 'as it is' },
    ...{ done: 'done', failed: stopped },
  },
  interrupted: {
    ...{ served: 'served', lost: 'as it is', again: 'RUN_NOT_STOPPED' },
    ...{ cancelled: 'interrupted, cancelled, record assembled' },
    ...{ heard: 'as it is', started: 'running', progress: 'running', continues: 'restarting' },
    ...{ done: 'done', failed: stopped },
  },
  // The current step is the one after it: what is said of this one again has been heard before.
  done: {
    ...{ served: 'done', lost: 'as it is', again: 'RUN_NOT_STOPPED', cancelled: 'done, cancelled, record assembled' },
    ...{ heard: 'as it is', started: 'as it is', progress: 'as it is', continues: 'stale' },
    ...{ done: 'as it is', failed: 'stale' },
  },
  failed: {
    ...{ served: 'as it is', lost: 'as it is', again: 'pending #2, running, record deploying' },
    ...{ cancelled: 'failed, cancelled, record assembled' },
    ...{ heard: 'as it is', started: 'stale', progress: 'stale', continues: 'stale' },
    ...{ done: 'stale', failed: 'as it is' },
  },
}

describe.each(Object.entries(specification))('a step that is %s', (kind, row) => {
  const run = steps[kind]
  test('is that', () => {
    expect(run?.steps[1]?.status.kind).toBe(kind)
  })
  test.each(Object.entries(row))('%s: %s', (event, expected) => {
    expect(run && outcome(run, event)).toBe(expected)
  })
})

describe('a run', () => {
  const runs: Record<Run['state']['kind'], Run> = {
    waiting: newRun(source),
    running: pending,
    attention: tell(running, says(id, failed(damaged))).run,
    done: tell(pending, says(id, done), served, says('windows-3', done)).run,
    cancelled: tell(running, cancelled).run,
  }
  const summary = (run: Run, event: RunEvent): string => {
    const result = next(run, event)
    if (result.kind === 'refused') return result.refusal.code
    const moves = result.effects.flatMap((effect) => (effect.kind === 'move-record' ? [`record ${effect.to}`] : []))
    const verdict = result.verdict === 'accepted' ? [] : [result.verdict]
    return [result.run.state.kind, ...verdict, ...moves].join(', ')
  }
  const firstWord = says('windows-1', started)
  const late = says('windows-1', { kind: 'progress', progress: { fraction: 0.5 } })

  test.each<[Run['state']['kind'], string, RunEvent, string]>([
    ['waiting', 'is handed out', served, 'waiting'],
    ['waiting', 'is heard of', firstWord, 'running, record deploying'],
    ['waiting', 'is cancelled', cancelled, 'cancelled'],
    ['waiting', 'is taken up again', again(), 'RUN_NOT_STOPPED'],
    ['running', 'is cancelled', cancelled, 'cancelled, record assembled'],
    ['running', 'is taken up again', again(), 'RUN_NOT_STOPPED'],
    ['attention', 'is cancelled', cancelled, 'cancelled, record assembled'],
    ['attention', 'is taken up again', again(), 'running, record deploying'],
    ['done', 'is cancelled', cancelled, 'RUN_OVER'],
    ['done', 'is taken up again', again(), 'RUN_OVER'],
    ['done', 'is heard of', late, 'done'],
    ['cancelled', 'is cancelled', cancelled, 'RUN_OVER'],
    ['cancelled', 'is taken up again', again(), 'RUN_OVER'],
    ['cancelled', 'is heard of', says(id, done), 'cancelled, cancel'],
    ['done', 'is handed out', served, 'done'],
    ['cancelled', 'loses its machine', lost, 'cancelled'],
  ])('that is %s and %s', (kind, _, event, expected) => {
    expect(runs[kind].state.kind).toBe(kind)
    expect(summary(runs[kind], event)).toBe(expected)
  })

  test('whose last step ends makes its machine ready, if its check passed', () => {
    const last = tell(pending, says(id, done), served).run
    expect(summary(last, says('windows-3', done))).toBe('done, record ready')
  })
})
