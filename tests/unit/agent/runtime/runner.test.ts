import { execFileSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../../../agent/runtime/clock.ts'
import { openConnection } from '../../../../agent/runtime/connection.ts'
import { failure } from '../../../../agent/protocol/failures/failures.ts'
import type { Report, StepWork } from '../../../../agent/protocol/messages.ts'
import { runAgent } from '../../../../agent/runtime/runner.ts'
import type { ScreenState } from '../../../../agent/runtime/screen-state.ts'
import { StepError, type PowerAction, type Step, type StepContext } from '../../../../agent/runtime/step.ts'
import { openTransport, type Transport } from '../../../../agent/runtime/transport.ts'
import { startFakeServer, type FakeServer } from '../fake-server.ts'
import { makeInventory } from '../machines.ts'

function stepWork(type: string, differences: Partial<StepWork['step']> = {}, token = 'token-1'): StepWork {
  const name = { fr: 'Étape', en: 'Step' }
  return {
    kind: 'step',
    runId: 'r1',
    token,
    step: { id: 'environment-0', index: 0, of: 2, attempt: 1, type, name, input: {}, memory: {}, ...differences },
    weight: { before: 0, share: 0.5 },
    variables: {},
    results: {},
  }
}

let server: FakeServer
let transport: Transport
let stop: AbortController
let states: ScreenState[]
let log: string[]
let agent: Promise<PowerAction | 'stopped'>

beforeEach(async () => {
  server = await startFakeServer()
  transport = openTransport(server)
  stop = new AbortController()
  states = []
  log = []
})
afterEach(async () => {
  stop.abort(new Error('the test ends'))
  await agent
  transport.close()
  await server.die()
})

/** Real time, but impatient. */
const clock = {
  ...systemClock,
  sleep: (ms: number, signal: AbortSignal) => systemClock.sleep(Math.min(ms, 30), signal),
}

function start(steps: Record<string, Step>, more: Partial<Parameters<typeof runAgent>[0]> = {}): void {
  agent = runAgent({
    server: server.url.host,
    connection: openConnection(transport),
    clock,
    steps: new Map(Object.entries(steps)),
    phase: 'environment',
    agentVersion: '0.1.0',
    bootId: 'boot-12345678',
    readInventory: () => Promise.resolve(makeInventory()),
    show: (state) => states.push(state),
    say: (text) => log.push(text),
    signal: stop.signal,
    pace: { progressMs: 20, heartbeatMs: 60, logMs: 10 },
    ...more,
  }).catch((error: unknown) => {
    if (stop.signal.aborted) return 'stopped'
    throw error
  })
}

/** A step that the test ends, counted. */
function heldStep() {
  const begun: StepContext[] = []
  const ends: PromiseWithResolvers<undefined>[] = []
  const aborted: unknown[] = []
  const step: Step = async (context) => {
    begun.push(context)
    const end = Promise.withResolvers<undefined>()
    ends.push(end)
    context.signal.addEventListener('abort', () => {
      aborted.push(context.signal.reason)
      end.reject(context.signal.reason)
    })
    await end.promise
    return { result: { done: true } }
  }
  return { step, begun, aborted, finish: () => ends.at(-1)?.resolve(undefined) }
}

/** States of a process group's processes, those aside that are dead and only not yet collected by init. */
function livingOf(group: number): string[] {
  const rows = execFileSync('ps', ['-eo', 'pgid=,stat='], { encoding: 'utf8' }).split('\n')
  return rows.filter((row) => Number(row.trim().split(/\s+/)[0]) === group && !row.includes('Z'))
}

const bodies = (kind: Report['body']['kind']): Report[] => server.reports.filter(({ body }) => body.kind === kind)
const lines = (): string[] =>
  server.reports.flatMap(({ body }) => (body.kind === 'log' ? body.lines.map(({ text }) => text) : []))

describe('the agent’s loop', () => {
  test('says hello again at once when the server’s time brought news of its clock, before it asks for work', async () => {
    server.now = () => new Date('2026-11-27T10:00:00Z')
    const heard: unknown[] = []
    const clockFact = { aheadSeconds: -283_996_800, corrected: true }
    start(
      {},
      {
        heardTime: (told) => Promise.resolve(heard.push(told) === 1),
        readInventory: () => Promise.resolve(makeInventory(heard.length === 0 ? {} : { clock: clockFact })),
      },
    )
    await server.until(() => server.polls >= 1, 'a poll')
    expect(server.hellos.map(({ inventory }) => inventory.clock)).toEqual([undefined, clockFact])
    expect(heard[0]).toEqual({ at: '2026-11-27T10:00:00.000Z', utcOffsetMinutes: 60 })
  })

  test('says hello with its inventory, shows its name, and waits', async () => {
    start({})
    await server.until(() => server.polls >= 2, 'two polls')
    expect(server.hellos).toHaveLength(1)
    expect(server.hellos[0]?.inventory.system.serial).toBe('BTTN12300456')
    expect(log).toContain('present as K7F2')
    expect(states.at(-1)).toMatchObject({
      welcome: { label: 'NUC-01' },
      address: '10.0.0.51',
      work: { kind: 'waiting' },
    })
  })

  test('does a step and reports start, lines in order, progress and result', async () => {
    server.work = [stepWork('greet'), { kind: 'wait' }]
    start({
      greet: async (context) => {
        context.log('info', 'one')
        context.progress({ fraction: 0.5, bytesDone: 1 })
        await server.until(() => bodies('progress').length > 0, 'progress')
        await context.exec('printf', ['two\\nthree\\n'])
        return { result: { answer: 42 } }
      },
    })
    await server.until(() => bodies('done').length === 1 && server.polls > 1, 'done')
    expect(server.reports[0]?.body).toEqual({ kind: 'started' })
    expect(lines()).toEqual(['one', '$ printf two\\nthree\\n', 'two', 'three'])
    const numbers = bodies('log').map(({ body }) => (body.kind === 'log' ? [body.from, body.lines.length] : []))
    expect(numbers.reduce((next, [from = 0, count = 0]) => (from === next ? next + count : -1), 0)).toBe(4)
    expect(bodies('progress')[0]?.body).toEqual({ kind: 'progress', progress: { fraction: 0.5, bytesDone: 1 } })
    expect(server.reports.at(-1)?.body).toEqual({ kind: 'done', result: { answer: 42 } })
    expect(
      server.reports.every(
        ({ runId, stepId, attempt }) => runId === 'r1' && stepId === 'environment-0' && attempt === 1,
      ),
    ).toBe(true)
  })

  test('gives a sign of life while a step says nothing', async () => {
    const held = heldStep()
    server.work = [stepWork('long')]
    start({ long: held.step })
    await server.until(() => bodies('progress').length >= 3, 'heartbeats')
    expect(bodies('progress')[0]?.body).toEqual({ kind: 'progress', progress: { fraction: null } })
  })

  test('reports what a person can be told, a crash with its stack, and an unknown step', async () => {
    server.work = [stepWork('told'), stepWork('crash', { id: 'b' }), stepWork('nobody', { id: 'c' }), { kind: 'wait' }]
    start({
      told: () => Promise.reject(new StepError(failure('DISK_NONE', {}))),
      crash: () => Promise.reject(new TypeError('oops')),
    })
    await server.until(() => bodies('failed').length === 3, 'three failures')
    const failures = bodies('failed').map(({ body }) => (body.kind === 'failed' ? body.failure : null))
    expect(failures.map((one) => one?.code)).toEqual(['DISK_NONE', 'STEP_CRASHED', 'STEP_UNKNOWN'])
    expect(failures[1]?.detail).toContain('oops')
  })

  test('shows that a person is needed, and goes on asking', async () => {
    const words = { fr: 'Choisissez', en: 'Choose' }
    server.work = [{ kind: 'attention', runId: 'r1', message: words, fix: words }]
    start({})
    await server.until(() => server.polls >= 3, 'polls')
    expect(states.at(-1)?.work).toEqual({ kind: 'attention', message: words, fix: words })
  })

  test('shows why this start of the machine has to wait, and goes on asking', async () => {
    const notice = { message: { fr: 'Un autre', en: 'Another' }, fix: { fr: 'Attendez', en: 'Wait' } }
    server.work = [{ kind: 'wait', notice }]
    start({})
    await server.until(() => server.polls >= 2, 'polls')
    expect(states.at(-1)?.work).toEqual({ kind: 'held-back', ...notice })
  })

  test.each<PowerAction>(['restart', 'shut-down'])(
    'leaves for %s only after the result has been accepted',
    async (how) => {
      let refusals = 2
      server.verdict = ({ body }) => (body.kind === 'done' && refusals-- > 0 ? 503 : 'accepted')
      server.work = [stepWork('leave')]
      start({ leave: () => Promise.resolve({ result: {}, afterwards: how }) })
      expect(await agent).toBe(how)
      expect(bodies('done')).toHaveLength(1)
      expect(states.at(-1)?.work).toEqual({ kind: 'power-action', action: how })
    },
  )

  test('restarts when there is nothing more to do here', async () => {
    server.work = [{ kind: 'restart' }]
    start({})
    expect(await agent).toBe('restart')
  })
})

describe('without the server', () => {
  test('the step goes on, its lines wait, and everything arrives once when the server is back', async () => {
    const held = heldStep()
    server.work = [stepWork('long'), { kind: 'wait' }]
    start({ long: held.step })
    await server.until(() => bodies('started').length === 1, 'started')
    await server.die()
    held.begun[0]?.log('output', 'written while alone')
    held.finish()
    await expect.poll(() => states.at(-1)?.connection.kind).toBe('lost')
    await server.comeBack()
    await server.until(() => bodies('done').length === 1, 'done')
    expect(lines()).toEqual(['written while alone'])
    expect(held.begun).toHaveLength(1)
    expect(held.aborted).toEqual([])
    expect(states.at(-1)?.connection).toEqual({ kind: 'connected' })
  })

  test('the same step served again is the same attempt: it is not begun twice, and takes the new token', async () => {
    const held = heldStep()
    server.work = [stepWork('long'), stepWork('long', {}, 'token-2'), { kind: 'wait' }]
    let isForgotten = false
    server.verdict = () => (isForgotten ? 401 : 'accepted')
    start({ long: held.step })
    await server.until(() => bodies('started').length === 1, 'started')
    isForgotten = true
    server.sessions.clear()
    await server.until(() => server.hellos.length === 2, 'a second hello')
    isForgotten = false
    await server.until(() => server.polls >= 2 && held.begun[0]?.work.token === 'token-2', 'the second token')
    held.finish()
    await server.until(() => bodies('done').length === 1, 'done')
    expect(held.begun).toHaveLength(1)
    expect(held.aborted).toEqual([])
  })

  test('a higher attempt of it is another: the old one is stopped first', async () => {
    const held = heldStep()
    server.work = [stepWork('long'), stepWork('long', { attempt: 2 })]
    let refusals = 0
    server.verdict = ({ attempt, body }) =>
      attempt === 1 && body.kind !== 'started' && refusals++ < 1 ? 404 : 'accepted'
    start({ long: held.step })
    await server.until(() => server.reports.some(({ attempt }) => attempt === 2), 'the second attempt')
    expect(held.aborted).toHaveLength(1)
    expect(held.begun).toHaveLength(2)
  })

  test('it waits for the server from the start, saying so', async () => {
    await server.die()
    start({})
    const complaints = (): string[] => log.filter((line) => line.startsWith('cannot reach the server'))
    await expect.poll(complaints).toHaveLength(1)
    await server.comeBack()
    await server.until(() => server.polls > 0, 'a poll')
    expect(log).toContain('the server is back')
  })
})

describe('verdicts', () => {
  test.each(['cancel', 'stale'] as const)('%s stops the step and asks for work', async (verdict) => {
    const held = heldStep()
    server.work = [stepWork('long'), { kind: 'wait' }]
    server.verdict = ({ body }) => (body.kind === 'progress' ? verdict : 'accepted')
    start({ long: held.step })
    await server.until(() => server.polls >= 2, 'the next poll')
    expect(held.aborted).toHaveLength(1)
    expect(bodies('failed')).toEqual([])
  })

  test('kills what the step has started', async () => {
    server.work = [stepWork('sleep'), { kind: 'wait' }]
    server.verdict = ({ body }) => (body.kind === 'progress' && lines().length > 1 ? 'cancel' : 'accepted')
    start({
      sleep: async (context) => {
        await context.exec('sh', ['-c', 'echo $$; sleep 60 & wait'])
        return { result: {} }
      },
    })
    await server.until(() => server.polls >= 2, 'the next poll')
    const group = Number(lines().find((line) => /^\d+$/.test(line)))
    expect(group).toBeGreaterThan(0)
    expect(livingOf(group)).toEqual([])
  })

  test('a result the server cannot take becomes a failure that says so', async () => {
    server.work = [stepWork('odd'), { kind: 'wait' }]
    server.verdict = ({ body }) => (body.kind === 'done' ? 400 : 'accepted')
    start({ odd: () => Promise.resolve({ result: {} }) })
    await server.until(() => bodies('failed').length === 1, 'a failure')
    expect(bodies('failed')[0]?.body).toMatchObject({ failure: { code: 'RESULT_REFUSED', params: { status: 400 } } })
  })

  test('a line the server cannot take is left out, the step goes on', async () => {
    server.work = [stepWork('odd'), { kind: 'wait' }]
    server.verdict = ({ body }) => (body.kind === 'log' ? 400 : 'accepted')
    start({
      odd: (context) => {
        context.log('info', 'no')
        return Promise.resolve({ result: {} })
      },
    })
    await server.until(() => bodies('done').length === 1, 'done')
  })
})
