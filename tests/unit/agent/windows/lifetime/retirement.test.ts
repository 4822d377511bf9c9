import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { backoffMs } from '../../../../../agent/runtime/backoff.ts'
import type { Work } from '../../../../../agent/protocol/messages.ts'
import type { Reply } from '../../../../../agent/runtime/connection.ts'
import { longestPauseMs, parseRetirement, type Retirement } from '../../../../../agent/windows/lifetime/retirement.ts'
import { ServerKeyError } from '../../../../../agent/runtime/connection-errors.ts'
import { openRetirementWatch } from '../../../../../agent/windows/lifetime/retirement-watch.ts'
import { afterSetup } from '../../../../../agent/windows/lifetime/after-setup.ts'
import { forgetAtRestart } from '../../../../../agent/windows/lifetime/forget-at-restart.ts'
import { remove } from '../../../../../agent/windows/lifetime/installation.ts'
import { isFinalReport, untilFinalReport, type RunEnded } from '../../../../../agent/windows/lifetime/final-report.ts'
import type { PendingResult } from '../../../../../agent/windows/lifetime/pending-result.ts'
import { exited, folderDependencies, recordedExec, windowsContext, windowsWork, withScripts } from '../programs.ts'

const retiring: Retirement = { kind: 'retiring', runId: 'r1', since: '2026-11-23T10:00:00.000Z', result: {} }
const kept: Retirement = { kind: 'kept', account: 'Utilisateur' }
const slept = (seen: string): Retirement => ({ ...kept, asleepForDays: 180, waited: { seen, ms: 0 } })
const at = '2026-11-23T10:00:00.000Z'
const pending: PendingResult = {
  token: 't',
  afterwards: 'shut-down',
  report: { runId: 'r1', stepId: 'windows-9', attempt: 1, at, body: { kind: 'done', result: {} } },
}

describe('the final report of a run', () => {
  test.each([
    ['a power action of the run that sealed the machine', retiring, pending, true],
    ['the seal itself: something is to follow', retiring, { ...pending, afterwards: null }, false],
    ['of another run', retiring, { ...pending, report: { ...pending.report, runId: 'r2' } }, false],
    ['of an agent that stays', kept, pending, false],
    ['during a run', null, pending, false],
    ['nothing to tell', retiring, null, false],
  ] as const)('%s', (_name, after, found, isFinal) => {
    expect(isFinalReport(after, found)).toBe(isFinal)
  })
})

describe('an agent that is to go', () => {
  const signal = new AbortController().signal
  const ask = async (after: Retirement | null, reply: Reply<Work>, now = at): Promise<RunEnded | null> => {
    let file = after
    const kept = { read: () => file, write: (next: Retirement) => void (file = next) }
    let ended: RunEnded | null = null
    const notAsked = () => Promise.reject(new Error('not asked'))
    const connection = { hello: notAsked, report: notAsked, open: notAsked, work: () => Promise.resolve(reply) }
    const watch = openRetirementWatch(kept, { now: () => new Date(now), runningMs: () => 0 })
    const dependencies = { watch, ended: (reason: RunEnded) => (ended = reason) }
    await untilFinalReport(connection, kept, dependencies).work('session', signal)
    return ended
  }
  const wait: Reply<Work> = { kind: 'answered', answer: { kind: 'wait' } }
  const words = { fr: 'Un autre', en: 'Another' }
  const heldBack: Reply<Work> = { kind: 'answered', answer: { kind: 'wait', notice: { message: words, fix: words } } }
  const attention = { fr: 'x', en: 'x' }
  const person: Reply<Work> = {
    kind: 'answered',
    answer: { kind: 'attention', runId: 'r1', message: attention, fix: attention },
  }

  test.each([
    ['goes when the server has no more work', retiring, wait, true],
    ['stays while a person is needed', retiring, person, false],
    ['stays when the server answers with an accident', retiring, { kind: 'refused', status: 503 }, false],
    ['waits on while another start of the machine has its place', retiring, heldBack, false],
    ['waits on when it is kept', kept, wait, false],
    ['waits on during a run', null, wait, false],
  ] as const)('%s', async (_name, after, reply, goes) => {
    expect((await ask(after, reply)) !== null).toBe(goes)
  })

  test('tries for days to reach the server, and then goes all the same', async () => {
    const lost = { kind: 'unreachable', problem: 'no route' } as const
    expect(await ask(retiring, lost, '2026-11-28T10:00:00Z')).toBeNull()
    expect(await ask(retiring, lost, '2026-11-30T10:00:01Z')).not.toBeNull()
    expect(await ask(slept('2026-11-23T10:00:00.000Z'), lost, '2026-12-23T10:00:00Z')).toBeNull()
  })

  test('a clock that starts in the past decides nothing', async () => {
    expect(await ask(retiring, { kind: 'unreachable', problem: 'x' }, '2000-01-01T00:00:00Z')).toBeNull()
  })

  test.each([
    ['is still asleep in the year its clock starts with', 'wait', '2000-01-01T00:00:00Z', false],
    ['sleeps on for half a year', 'wait', '2027-05-22T09:00:00Z', false],
    ['goes then, though the server is there', 'wait', '2027-05-22T11:00:00Z', true],
    ['goes then without the server', 'lost', '2027-05-22T11:00:00Z', true],
    ['goes then when somebody else is in the server’s place', 'untrusted', '2027-05-22T11:00:00Z', true],
    ['does not go from a run that needs a person', 'person', '2027-05-22T11:00:00Z', false],
  ] as const)('one that sleeps %s', async (_name, what, now, goes) => {
    const replies: Record<typeof what, Reply<Work>> = {
      ...{ wait, person, lost: { kind: 'unreachable', problem: 'no route' } },
      untrusted: { kind: 'untrusted', error: new ServerKeyError('10.0.0.1:8443') },
    }
    expect((await ask(slept('2026-11-23T10:00:00.000Z'), replies[what], now)) !== null).toBe(goes)
  })
})

test('without a server, an agent with nothing to do asks less and less often, up to every five minutes', () => {
  const pauses = Array.from({ length: 14 }, (_, tries) => backoffMs(tries, longestPauseMs(kept) ?? undefined))
  expect(pauses.slice(0, 3)).toEqual([500, 1000, 2000])
  expect(pauses.at(-1)).toBe(300_000)
  expect(longestPauseMs(null)).toBeNull()
  expect(backoffMs(13)).toBe(10_000)
})

test.each(['{"kind":"retiring"', '{"kind":"gone"}'])('a file such as %s is as good as none', (text) => {
  expect(parseRetirement(text)).toBeNull()
})

test('in a sealed Windows nothing waits for its owner to have been greeted', async () => {
  const { exec, asked } = recordedExec([])
  const dependencies = folderDependencies()
  const step = afterSetup(new Map([['leave', () => Promise.resolve({ result: {} })]]), dependencies, () => true).get(
    'leave',
  )
  expect(await step?.(windowsContext(windowsWork('leave'), exec))).toEqual({ result: {} })
  expect(asked).toEqual([])
})

describe('going', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'etabli-going-'))
    for (const name of ['etabli-agent.exe', 'agent.json', 'retirement.json']) writeFileSync(join(folder, name), '')
    mkdirSync(join(folder, 'drivers'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const go = async (codes: number[]) => {
    const said: string[] = []
    let closed = false
    const { exec, asked } = recordedExec(codes.map((code) => exited(code)))
    const done = await remove({
      ...{ exec, folder, executable: join(folder, 'etabli-agent.exe') },
      say: (text) => said.push(text),
      forgetAtRestart: (paths) => {
        asked.push(['forget', ...paths.map((path) => path.slice(folder.length + 1))])
        return Promise.resolve(null)
      },
      close: () => (closed = true),
    })
    return {
      done,
      closed,
      asked: asked.map(([program = '', ...rest]) => [program, ...rest.slice(0, 6)].join(' ')),
      said,
    }
  }

  test('Windows is told first, the folder last in its list; then the task, the service and the files go', async () => {
    const { done, closed, asked } = await go([0, 1060])
    expect(done && closed).toBe(true)
    expect(asked).toEqual([
      'forget agent.json drivers retirement.json etabli-agent.exe ',
      'schtasks.exe /delete /tn \\Etabli\\Agent /f',
      'sc.exe delete EtabliStart',
    ])
    expect(readdirSync(folder)).toEqual(['etabli-agent.exe'])
  })

  test('a task that does not go keeps all that the next start needs to try again', async () => {
    const { done } = await go([5])
    expect(done).toBe(false)
    expect(existsSync(join(folder, 'retirement.json'))).toBe(true)
  })

  test.each([
    ['all taken', { result: { refused: [] } }, null],
    ['one refused', { result: { refused: ['C:\\x'] } }, 'C:\\x'],
    ['PowerShell fails', { code: 1, stderr: 'Accès refusé.' }, 'SCRIPT_FAILED: exit code 1\n\nAccès refusé.'],
  ])('what Windows is to delete at its next start: %s', async (_name, answer, said) => {
    const dependencies = folderDependencies()
    const { exec, calls } = withScripts({ 'forget-at-restart': () => answer })
    expect(await forgetAtRestart(exec, dependencies, ['C:\\x'])).toBe(said)
    expect(calls[0]?.input).toEqual({ paths: ['C:\\x'] })
    dependencies.remove()
  })
})
