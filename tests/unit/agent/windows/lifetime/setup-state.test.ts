import { describe, expect, test } from 'vitest'
import type { Step, Steps } from '../../../../../agent/runtime/step.ts'
import { afterSetup } from '../../../../../agent/windows/lifetime/after-setup.ts'
import { readSetupState } from '../../../../../agent/windows/lifetime/setup-state.ts'
import { folderDependencies, windowsContext, windowsWork, withScripts, type ScriptAnswer } from '../programs.ts'
import { registryAnswer } from '../registry-answer.ts'

const dependencies = folderDependencies()
const setup = 'HKLM\\SYSTEM\\Setup'

/** A Windows whose setup says this, look by look; then the last for ever. `null`: PowerShell breaks off. */
function windows(...looks: Array<Readonly<Record<string, string | number>> | null>) {
  const look = (input: Record<string, unknown>, call: number): ScriptAnswer => {
    const values = looks[Math.min(call, looks.length) - 1]
    if (values === null || values === undefined) return { code: 1, stderr: 'Accès refusé.' }
    return registryAnswer(new Map(Object.entries(values).map(([name, data]) => [`${setup}\\${name}`, data])), input)
  }
  return withScripts({ 'read-registry': look })
}

describe('whether Windows Setup is still at work', () => {
  test.each([
    ['specialize', { SystemSetupInProgress: 1, OOBEInProgress: 1 }, 'setup'],
    ['the out-of-box experience', { SystemSetupInProgress: 0, OOBEInProgress: 1 }, 'out-of-box'],
    ['a finished Windows', { SystemSetupInProgress: 0, OOBEInProgress: 0, SetupType: 0 }, 'finished'],
    ['a key without the values', { CmdLine: 'oobe\\windeploy.exe' }, 'finished'],
    ['a value of another kind', { OOBEInProgress: '1' }, 'finished'],
    ['no key', {}, 'finished'],
    ['a PowerShell that breaks off', null, 'unknown'],
  ])('%s', async (_name, values, kind) => {
    const context = windowsContext(windowsWork('x'), windows(values).exec)
    expect((await readSetupState(context, dependencies)).kind).toBe(kind)
  })

  test('no PowerShell at all, or a key that may not be read', async () => {
    const none = windowsContext(windowsWork('x'), () => Promise.resolve({ kind: 'missing' }))
    expect(await readSetupState(none, dependencies)).toMatchObject({
      kind: 'unknown',
      failure: { code: 'WINDOWS_PROGRAM_MISSING' },
    })
    const answer: ScriptAnswer = { result: { keys: [{ key: setup, state: 'refused', words: 'Accès refusé.' }] } }
    const refused = windowsContext(windowsWork('x'), withScripts({ 'read-registry': () => answer }).exec)
    expect(await readSetupState(refused, dependencies)).toMatchObject({ kind: 'unknown' })
  })
})

const greet = (): Steps => new Map([['greet', () => Promise.resolve({ result: {} })]])

test('a step begins only when Windows has finished its setup, and says once what it waits for', async () => {
  const busy = { OOBEInProgress: 1 }
  const { exec, calls } = windows(busy, busy, null, { OOBEInProgress: 0 })
  const context = windowsContext(windowsWork('greet'), exec)
  const steps = afterSetup(greet(), dependencies)
  expect(await steps.get('greet')?.(context)).toEqual({ result: {} })
  expect(calls).toHaveLength(4)
  expect(context.lines).toEqual([
    'waiting for Windows to finish its setup (out-of-box)',
    'waiting for Windows to finish its setup (unknown)',
  ])
  // A setup that is over begins again with a start of Windows only: the next step does not ask.
  await steps.get('greet')?.(context)
  expect(calls).toHaveLength(4)
})

test('a Windows that cannot be asked for minutes is a failure with words, not a wait for ever', async () => {
  const { exec, calls } = windows(null)
  const step = afterSetup(greet(), dependencies).get('greet')
  await expect(step?.(windowsContext(windowsWork('greet'), exec))).rejects.toMatchObject({
    failure: { code: 'SCRIPT_FAILED', detail: expect.stringContaining('Accès refusé.') },
  })
  expect(calls).toHaveLength(60)
})

test('a step that goes on over a restart waits for Windows Setup at each start, and keeps its memory', async () => {
  const { exec, calls } = windows({ OOBEInProgress: 1 }, {})
  const work = windowsWork('go-on')
  const context = windowsContext({ ...work, step: { ...work.step, memory: { pass: 1 } } }, exec)
  const goOn: Step = ({ work: { step } }) => Promise.resolve({ continueWith: { ...step.memory, asked: calls.length } })
  expect(await afterSetup(new Map([['go-on', goOn]]), dependencies).get('go-on')?.(context)).toEqual({
    continueWith: { pass: 1, asked: 2 },
  })
})
