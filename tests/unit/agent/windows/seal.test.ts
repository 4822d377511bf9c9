import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Exec } from '../../../../agent/runtime/exec.ts'
import type { StepWork } from '../../../../agent/protocol/messages.ts'
import type { Retirement } from '../../../../agent/windows/lifetime/retirement.ts'
import { openRetirementFile } from '../../../../agent/windows/lifetime/retirement-file.ts'
import { hasStoodStill } from '../../../../agent/windows/system/powershell.ts'
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
  'seal-session': () => recordedScript('seal-session', 'signed-in'),
  'run-sysprep': () => recordedScript('run-sysprep', 'done'),
  'sysprep-outcome': () => recordedScript('sysprep-outcome', 'succeeded'),
  'forget-at-restart': () => ({ result: { refused: [] } }),
}
const nobody: Answers = { 'seal-session': () => recordedScript('seal-session', 'nobody') }
const failing: Answers = {
  'run-sysprep': () => recordedScript('run-sysprep', 'failed'),
  'sysprep-outcome': () => recordedScript('sysprep-outcome', 'failed'),
}
const nothing = (): ScriptAnswer => ({ result: {} })
const memoryOf = (differences: Record<string, number>) => ({ restarts: 0, signIns: 0, failures: 0, ...differences })
const afterLocal = { 'prepare-windows': { account: 'Utilisateur' } }

async function run(
  input: Record<string, unknown>,
  options: {
    answers?: Answers
    results?: StepWork['results']
    memory?: Record<string, unknown>
    step?: 'seal' | 'deliver'
  } = {},
) {
  const programs: string[] = []
  const other: Exec = (command, args) => {
    programs.push([command.replace(/^.*[\\/]/, ''), ...args].join(' '))
    return Promise.resolve(exited(0))
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
    // Never by the agent itself, which is SYSTEM.
    expect(programs).toEqual([])
    expect(calls.find(({ name }) => name === 'run-sysprep')?.input).toEqual({
      ...{ name: 'Utilisateur', arguments: '/quiet /oobe /quit' },
    })
    expect(calls.map(({ name }) => name).filter((name) => /^(run|seal-(account|traces))/.test(name))).toEqual([
      ...['run-sysprep', 'seal-traces', 'seal-account'],
    ])
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
    expect(await (await run({}, { answers })).outcome).toEqual({ continueWith: memoryOf({ restarts: 1 }) })
    expect(await (await run({}, { answers, memory: memoryOf({ restarts: 1 }) })).outcome).toEqual({
      continueWith: memoryOf({ restarts: 2 }),
    })
    const third = await run({}, { answers, memory: memoryOf({ restarts: 2 }) })
    await expect(third.outcome).rejects.toMatchObject({ failure: { code: 'SEAL_RESTART_PENDING' } })
    expect(third.calls.map(({ name }) => name)).not.toContain('run-sysprep')
  })

  test('an installation that goes on is waited for', async () => {
    const readiness = (_input: unknown, call: number) => recordedScript('seal-readiness', call < 4 ? 'busy' : 'ready')
    const { outcome, calls } = await run({}, { answers: { 'seal-readiness': readiness } })
    expect(await outcome).toHaveProperty('result')
    expect(calls.filter(({ name }) => name === 'seal-readiness')).toHaveLength(4)
  })

  test('one that never ends is what a restart is for', async () => {
    const { outcome } = await run({}, { answers: { 'seal-readiness': () => recordedScript('seal-readiness', 'busy') } })
    expect(await outcome).toEqual({ continueWith: memoryOf({ restarts: 1 }) })
  })

  test('an update that holds reserved storage is what a restart is for, too', async () => {
    const answers = { 'seal-readiness': () => recordedScript('seal-readiness', 'reserved') }
    expect(await (await run({}, { answers })).outcome).toEqual({ continueWith: memoryOf({ restarts: 1 }) })
  })

  test('an encrypted drive is decrypted, and waited for', async () => {
    const states = ['encrypted', 'decrypting', 'ready']
    const answers: Answers = {
      'seal-readiness': (_input, call) => recordedScript('seal-readiness', states[call - 1] ?? 'ready'),
      'decrypt-drives': () => recordedScript('decrypt-drives', 'begun'),
    }
    const { outcome, calls } = await run({}, { answers })
    expect(await outcome).toHaveProperty('result')
    expect(calls.filter(({ name }) => name === 'decrypt-drives')).toHaveLength(1)
  })

  test.each<[string, Answers]>([
    ['refuses', { 'decrypt-drives': () => recordedScript('decrypt-drives', 'refused') }],
    ['stands still', { 'decrypt-drives': () => recordedScript('decrypt-drives', 'begun') }],
  ])('one that Windows %s to decrypt needs a person, who gets an account to sign in with', async (_name, refusing) => {
    const answers = { ...refusing, 'seal-readiness': () => recordedScript('seal-readiness', 'encrypted') }
    const { outcome, calls } = await run({}, { answers })
    await expect(outcome).rejects.toMatchObject({ failure: { code: 'SEAL_ENCRYPTED', params: { drive: 'C:' } } })
    expect(calls.map(({ name }) => name)).not.toContain('seal-traces')
    expect(calls.at(-1)).toEqual({ name: 'seal-account', input: { name: 'Utilisateur', task: 'open' } })
  })

  test('an administrator who is not signed in is signed in by a restart, twice at most', async () => {
    const first = await run({}, { answers: nobody })
    expect(await first.outcome).toEqual({ continueWith: memoryOf({ signIns: 1 }) })
    expect(first.calls.at(-1)).toEqual({ name: 'seal-session', input: { name: 'Utilisateur', task: 'arrange' } })
    const again = await run({}, { answers: nobody, memory: memoryOf({ signIns: 1 }) })
    expect(await again.outcome).toEqual({ continueWith: memoryOf({ signIns: 2 }) })
    const third = await run({}, { answers: nobody, memory: memoryOf({ signIns: 2 }) })
    await expect(third.outcome).rejects.toMatchObject({ failure: { code: 'SEAL_NO_SESSION' } })
    expect(third.calls.map(({ name }) => name)).not.toContain('run-sysprep')
  })

  test('without an account of the workshop one is made for it, and goes with it', async () => {
    const { outcome, calls } = await run({}, { results: {} })
    await outcome
    const names = calls.filter(({ name }) => /run-sysprep|seal-account/.test(name)).map(({ input }) => input['name'])
    expect(names).toEqual(['EtabliScellement', 'EtabliScellement'])
  })

  test('an account that is signed in still is signed out by a restart, without sysprep again', async () => {
    const answers = { 'seal-account': () => recordedScript('seal-account', 'in-use') }
    expect(await (await run({}, { answers })).outcome).toEqual({ continueWith: memoryOf({ restarts: 1 }) })
    const again = await run({}, { answers, memory: memoryOf({ restarts: 3 }) })
    await expect(again.outcome).rejects.toMatchObject({ failure: { code: 'SEAL_ACCOUNT_IN_USE' } })
    expect(again.calls.map(({ name }) => name)).not.toContain('run-sysprep')
    const { outcome, calls } = await run({}, { memory: memoryOf({ restarts: 1 }) })
    expect(await outcome).toMatchObject({ result: { imageState: 'IMAGE_STATE_SPECIALIZE_RESEAL_TO_OOBE' } })
    expect(calls.map(({ name }) => name)).not.toContain('run-sysprep')
  })
})

describe('what goes wrong', () => {
  test('an answer file that stays goes at the next start, before anything can read it', async () => {
    const answers = { 'seal-traces': () => recordedScript('seal-traces', 'answer-file-left') }
    const { outcome, calls } = await run({}, { answers })
    const left = 'C:\\Windows\\Panther\\unattend-original.xml'
    expect(await outcome).toMatchObject({ result: { removed: [left] } })
    expect(calls.find(({ name }) => name === 'forget-at-restart')?.input).toEqual({ paths: [left] })
  })

  test('one that Windows does not let go even then keeps the machine: it may hold a password', async () => {
    const answers: Answers = {
      'seal-traces': () => recordedScript('seal-traces', 'answer-file-left'),
      'forget-at-restart': ({ paths }) => ({ result: { refused: paths } }),
    }
    const { outcome } = await run({}, { answers })
    await expect(outcome).rejects.toMatchObject({ failure: { code: 'SEAL_ANSWER_FILE_LEFT' } })
    expect(retirement()).toBeNull()
  })

  test('sysprep that fails is tried once more after a restart, by itself', async () => {
    const { outcome, calls } = await run({}, { answers: failing })
    expect(await outcome).toEqual({ continueWith: memoryOf({ failures: 1, signIns: 1 }) })
    expect(calls.map(({ name }) => name)).not.toContain('seal-traces')
    const second = await run({}, { memory: memoryOf({ failures: 1, signIns: 1 }) })
    expect(await second.outcome).toHaveProperty('result')
  })

  test('one that fails twice needs a person, who finds the account there and open', async () => {
    const { outcome, calls } = await run({}, { answers: failing, memory: memoryOf({ failures: 1, signIns: 1 }) })
    await expect(outcome).rejects.toMatchObject({
      failure: { code: 'SEAL_SYSPREP_FAILED', detail: expect.stringContaining('Sysprep_Clean_Validate_Opk') },
    })
    const accounts = calls.filter(({ name }) => name === 'seal-account').map(({ input }) => input['task'])
    expect(accounts).toEqual(['open'])
    expect(calls.map(({ name }) => name)).not.toContain('seal-traces')
    expect(retirement()).toBeNull()
  })

  test.each<[string, Answers, string]>([
    [
      'code 0 without the file it leaves',
      { 'sysprep-outcome': failing['sysprep-outcome'] ?? nothing },
      'SEAL_SYSPREP_FAILED',
    ],
    [
      'nobody was signed in',
      { 'run-sysprep': () => recordedScript('run-sysprep', 'never-ran') },
      'SEAL_SYSPREP_FAILED',
    ],
    ['its script fails', { 'run-sysprep': () => ({ code: 1, stderr: 'x' }) }, 'SCRIPT_FAILED'],
  ])('sysprep: %s', async (_name, answers, code) => {
    const { outcome } = await run({}, { answers, memory: memoryOf({ failures: 1, signIns: 1 }) })
    await expect(outcome).rejects.toMatchObject({ failure: { code } })
    expect(retirement()).toBeNull()
  })

  test('sysprep that stands still is called that', () => {
    expect(
      hasStoodStill({ code: 'SCRIPT_FAILED', params: {}, detail: 'ended because it had stood still for too long\n' }),
    ).toBe(true)
    expect(hasStoodStill({ code: 'SCRIPT_FAILED', params: {}, detail: 'exit code 1' })).toBe(false)
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
