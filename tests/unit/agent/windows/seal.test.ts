import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Exec, ExecResult } from '../../../../agent/runtime/exec.ts'
import type { StepWork } from '../../../../agent/protocol/messages.ts'
import type { Retirement } from '../../../../agent/windows/lifetime/retirement.ts'
import { openRetirementFile } from '../../../../agent/windows/lifetime/retirement-file.ts'
import { deliver } from '../../../../agent/windows/steps/deliver.ts'
import { seal } from '../../../../agent/windows/steps/seal.ts'
import { exited, folderDependencies, windowsContext, windowsWork, withScripts, type ScriptAnswer } from './programs.ts'
import { recordedScript } from './recordings.ts'

type Answers = Record<string, (input: Record<string, unknown>, call: number) => ScriptAnswer>

let dependencies: ReturnType<typeof folderDependencies>
beforeEach(() => {
  dependencies = folderDependencies()
  for (const name of ['etabli-agent.exe', 'agent.json', 'agent.log']) writeFileSync(join(dependencies.folder, name), '')
  for (const name of ['drivers', 'software', 'updates']) mkdirSync(join(dependencies.folder, name))
})
afterEach(() => dependencies.remove())

const scripts: Answers = {
  'pending-restart': () => recordedScript('pending-restart', 'renames-only'),
  'seal-readiness': () => recordedScript('seal-readiness', 'ready'),
  'seal-traces': () => recordedScript('seal-traces', 'all-removed'),
  'seal-account': ({ task }) => recordedScript('seal-account', task === 'open' ? 'open' : 'removed'),
  'sysprep-outcome': () => recordedScript('sysprep-outcome', 'succeeded'),
}
const afterLocal = { 'prepare-windows': { account: 'Utilisateur' } }

async function run(
  input: Record<string, unknown>,
  options: {
    answers?: Answers
    sysprep?: ExecResult
    results?: StepWork['results']
    memory?: Record<string, unknown>
    step?: 'seal' | 'deliver'
  } = {},
) {
  const programs: string[] = []
  const other: Exec = (command, args) => {
    programs.push([command.replace(/^.*[\\/]/, ''), ...args].join(' '))
    return Promise.resolve(options.sysprep ?? exited(0))
  }
  const { exec, calls } = withScripts({ ...scripts, ...options.answers }, other)
  const work = { ...windowsWork(options.step ?? 'seal', input), results: options.results ?? afterLocal }
  const context = windowsContext({ ...work, step: { ...work.step, memory: options.memory ?? {} } }, exec)
  const step = options.step === 'deliver' ? deliver(dependencies) : seal(dependencies)
  const outcome = step(context)
  return { outcome, programs, calls, lines: context.lines }
}

const retirement = (): Retirement | null => openRetirementFile(dependencies.folder).read()

describe('for the customer', () => {
  test('the workshop goes, sysprep runs, and the agent is to leave with the run', async () => {
    const { outcome, programs, calls } = await run({ for: 'customer', agent: 'remove' })
    expect(await outcome).toEqual({
      result: {
        for: 'customer',
        agent: 'remove',
        account: { name: 'Utilisateur', state: 'removed', others: [] },
        removed: ['C:\\Windows\\Panther\\unattend.xml', 'C:\\Windows\\Setup\\Scripts\\SetupComplete.cmd'],
        imageState: 'IMAGE_STATE_SPECIALIZE_RESEAL_TO_OOBE',
      },
    })
    expect(programs).toEqual(['sysprep.exe /quiet /oobe /quit'])
    expect(calls.find(({ name }) => name === 'seal-account')?.input).toEqual({ name: 'Utilisateur', task: 'remove' })
    expect(calls.find(({ name }) => name === 'seal-traces')?.input).toEqual({ leavesShop: true })
    expect(retirement()).toMatchObject({ kind: 'retiring', runId: 'r1' })
    expect(readdirSync(dependencies.folder).sort()).toEqual(['agent.json', 'etabli-agent.exe', 'retirement.json'])
  })

  test('nothing said means the customer, and nothing of Etabli stays', async () => {
    await (
      await run({})
    ).outcome
    expect(retirement()).toMatchObject({ kind: 'retiring', result: { for: 'customer', agent: 'remove' } })
  })

  test('in audit mode there is no account to remove', async () => {
    const { outcome, calls } = await run({}, { results: { 'prepare-windows': { account: 'audit' } } })
    await outcome
    expect(calls.find(({ name }) => name === 'seal-account')?.input).toMatchObject({ name: null })
  })

  test('a machine from the shelf has its account from the run that put the agent to sleep', async () => {
    openRetirementFile(dependencies.folder).write({ kind: 'kept', account: 'Atelier' })
    const { outcome, calls } = await run({}, { results: {} })
    await outcome
    expect(calls.find(({ name }) => name === 'seal-account')?.input).toMatchObject({ name: 'Atelier' })
  })

  test('accounts nobody has named are left alone, and told', async () => {
    const { outcome, lines } = await run(
      {},
      { answers: { 'seal-account': () => recordedScript('seal-account', 'others') } },
    )
    await outcome
    expect(lines.join('\n')).toContain('accounts that are left alone: Marie')
  })
})

describe('what has to come first', () => {
  test('a pending restart is done, twice at most, before a person is asked', async () => {
    const answers = { 'pending-restart': () => recordedScript('pending-restart', 'servicing') }
    expect(await (await run({}, { answers })).outcome).toEqual({ continueWith: { restarts: 1 } })
    expect(await (await run({}, { answers, memory: { restarts: 1 } })).outcome).toEqual({
      continueWith: { restarts: 2 },
    })
    const third = await run({}, { answers, memory: { restarts: 2 } })
    await expect(third.outcome).rejects.toMatchObject({ failure: { code: 'SEAL_RESTART_PENDING' } })
    expect(third.programs).toEqual([])
  })

  test('an installation that goes on is waited for', async () => {
    const readiness = (_input: unknown, call: number) => recordedScript('seal-readiness', call < 3 ? 'busy' : 'ready')
    const { outcome, calls } = await run({}, { answers: { 'seal-readiness': readiness } })
    expect(await outcome).toHaveProperty('result')
    expect(calls.filter(({ name }) => name === 'seal-readiness')).toHaveLength(3)
  })

  test('one that never ends is what a restart is for', async () => {
    const { outcome } = await run({}, { answers: { 'seal-readiness': () => recordedScript('seal-readiness', 'busy') } })
    expect(await outcome).toEqual({ continueWith: { restarts: 1 } })
  })

  test('an encrypted drive needs a person, and nothing is removed yet', async () => {
    const { outcome, calls } = await run(
      {},
      { answers: { 'seal-readiness': () => recordedScript('seal-readiness', 'encrypted') } },
    )
    await expect(outcome).rejects.toMatchObject({ failure: { code: 'SEAL_ENCRYPTED', params: { drive: 'C:' } } })
    expect(calls.map(({ name }) => name)).not.toContain('seal-traces')
  })

  test('an account that is signed in still is signed out by a restart, once', async () => {
    const answers = { 'seal-account': () => recordedScript('seal-account', 'in-use') }
    expect(await (await run({}, { answers })).outcome).toEqual({ continueWith: { restarts: 1 } })
    const again = await run({}, { answers, memory: { restarts: 1 } })
    await expect(again.outcome).rejects.toMatchObject({ failure: { code: 'SEAL_ACCOUNT_IN_USE' } })
  })
})

describe('what goes wrong', () => {
  test('an answer file that stays stops the step before sysprep: it may hold a password', async () => {
    const { outcome, programs } = await run(
      {},
      { answers: { 'seal-traces': () => recordedScript('seal-traces', 'answer-file-left') } },
    )
    await expect(outcome).rejects.toMatchObject({ failure: { code: 'SEAL_ANSWER_FILE_LEFT' } })
    expect(programs).toEqual([])
    expect(retirement()).toBeNull()
  })

  test.each<[string, ExecResult, string, string]>([
    ['an exit code', exited(1), 'failed', 'SEAL_SYSPREP_FAILED'],
    ['code 0 without the file it leaves', exited(0), 'failed', 'SEAL_SYSPREP_FAILED'],
    ['no progress', { kind: 'killed', signal: 'stalled', stdout: '', stderr: '' }, 'failed', 'SEAL_SYSPREP_STALLED'],
    ['no sysprep', { kind: 'missing' }, 'failed', 'WINDOWS_PROGRAM_MISSING'],
  ])('sysprep: %s', async (_name, sysprep, which, code) => {
    const answers = { 'sysprep-outcome': () => recordedScript('sysprep-outcome', which) }
    const { outcome } = await run({}, { sysprep, answers })
    await expect(outcome).rejects.toMatchObject({ failure: { code } })
    expect(retirement()).toBeNull()
  })

  test('sysprep’s own words go with its failure', async () => {
    const answers = { 'sysprep-outcome': () => recordedScript('sysprep-outcome', 'failed') }
    const { outcome } = await run({}, { sysprep: exited(1), answers })
    await expect(outcome).rejects.toMatchObject({
      failure: { detail: expect.stringContaining('Sysprep_Clean_Validate_Opk') },
    })
  })
})

describe('for the account', () => {
  test('it stays without password, sysprep does not run, and the agent sleeps', async () => {
    const { outcome, programs, calls } = await run({ agent: 'keep' })
    expect(await outcome).toMatchObject({ result: { account: { state: 'open' }, imageState: null } })
    expect(programs).toEqual([])
    expect(calls.find(({ name }) => name === 'seal-traces')?.input).toEqual({ leavesShop: false })
    expect(retirement()).toMatchObject({ kind: 'kept', account: 'Utilisateur', asleepForDays: 180, waited: { ms: 0 } })
    expect(existsSync(join(dependencies.folder, 'drivers'))).toBe(false)
  })

  test('an account that is not there cannot stay', async () => {
    const answers = { 'seal-account': () => recordedScript('seal-account', 'absent') }
    const { outcome } = await run({ for: 'account' }, { answers })
    await expect(outcome).rejects.toMatchObject({ failure: { code: 'SEAL_ACCOUNT_MISSING' } })
  })
})

test('sealed already, it tells what it told before and touches nothing', async () => {
  const result = { for: 'customer', agent: 'remove' }
  openRetirementFile(dependencies.folder).write({
    kind: 'retiring',
    runId: 'r1',
    since: '2026-11-23T10:00:00.000Z',
    result,
  })
  const { outcome, calls, programs } = await run({})
  expect(await outcome).toEqual({ result })
  expect([calls, programs]).toEqual([[], []])
})

describe('deliver', () => {
  test('lets Windows be as Microsoft made it, and sends the agent away', async () => {
    openRetirementFile(dependencies.folder).write({ kind: 'kept', account: 'Utilisateur' })
    const { outcome, calls } = await run({}, { step: 'deliver', results: {} })
    expect(await outcome).toEqual({ result: {} })
    expect(calls).toEqual([{ name: 'seal-traces', input: { leavesShop: true } }])
    expect(retirement()).toMatchObject({ kind: 'retiring', runId: 'r1' })
  })

  test('after a seal of the same run there is nothing left to do', async () => {
    await (
      await run({})
    ).outcome
    const before = readFileSync(join(dependencies.folder, 'retirement.json'), 'utf8')
    const { outcome, calls } = await run({}, { step: 'deliver' })
    expect(await outcome).toEqual({ result: {} })
    expect(calls).toEqual([])
    expect(readFileSync(join(dependencies.folder, 'retirement.json'), 'utf8')).toBe(before)
  })
})
