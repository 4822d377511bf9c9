import { describe, expect, test } from 'vitest'
import type { Step } from '../../../../../agent/runtime/step.ts'
import { afterSetup } from '../../../../../agent/windows/lifetime/after-setup.ts'
import {
  parseRegistryNumbers,
  readSetupState,
  setupStateOf,
} from '../../../../../agent/windows/lifetime/setup-state.ts'
import { exited, recordedExec, windowsContext, windowsWork } from '../programs.ts'

/** As `reg.exe query` prints a key: a blank line, the key, four blanks before and between each name, type and data. */
const query = (values: Readonly<Record<string, string>>): string =>
  [
    '',
    'HKEY_LOCAL_MACHINE\\SYSTEM\\Setup',
    '    CmdLine    REG_SZ    oobe\\windeploy.exe',
    ...Object.entries(values).map(([name, data]) => `    ${name}    REG_DWORD    ${data}`),
    '',
    'HKEY_LOCAL_MACHINE\\SYSTEM\\Setup\\AllowStart',
    '',
  ].join('\r\n')

describe('whether Windows Setup is still at work', () => {
  test.each([
    ['specialize', { SystemSetupInProgress: '0x1', OOBEInProgress: '0x1' }, 'setup'],
    ['the out-of-box experience', { SystemSetupInProgress: '0x0', OOBEInProgress: '0x1' }, 'out-of-box'],
    ['a finished Windows', { SystemSetupInProgress: '0x0', OOBEInProgress: '0x0', SetupType: '0x0' }, 'finished'],
    ['a key without the values', {}, 'finished'],
  ])('%s', (_name, values, state) => {
    expect(setupStateOf(parseRegistryNumbers(query(values)))).toBe(state)
  })

  test('what is no number is passed over', () => {
    expect([...parseRegistryNumbers('Erreur : …\r\n    A    REG_DWORD    oui\r\n    B    REG_SZ    0x1')]).toEqual([])
  })

  test.each([
    ['no key', exited(1), 'finished'],
    ['no reg.exe', { kind: 'missing' } as const, 'unknown'],
    ['a reg.exe that was killed', { kind: 'killed', signal: 'SIGTERM', stdout: '', stderr: '' } as const, 'unknown'],
  ])('%s', async (_name, end, state) => {
    expect(await readSetupState(recordedExec([end]).exec)).toBe(state)
  })
})

test('a step begins only when Windows has finished its setup, and says once what it waits for', async () => {
  const busy = exited(0, query({ OOBEInProgress: '0x1' }))
  const { exec, asked } = recordedExec([busy, busy, { kind: 'missing' }, exited(0, query({ OOBEInProgress: '0x0' }))])
  const context = windowsContext(windowsWork('greet'), exec)
  const step = afterSetup(new Map([['greet', () => Promise.resolve({ result: { asked: asked.length } })]])).get('greet')
  expect(await step?.(context)).toEqual({ result: { asked: 4 } })
  expect(context.lines).toEqual([
    'waiting for Windows to finish its setup (out-of-box)',
    'waiting for Windows to finish its setup (unknown)',
  ])
})

test('a step that goes on over a restart waits for Windows Setup at each start, and keeps its memory', async () => {
  const { exec, asked } = recordedExec([exited(0, query({ OOBEInProgress: '0x1' })), exited(0, query({}))])
  const work = windowsWork('go-on')
  const context = windowsContext({ ...work, step: { ...work.step, memory: { pass: 1 } } }, exec)
  const goOn: Step = ({ work: { step } }) => Promise.resolve({ continueWith: { ...step.memory, asked: asked.length } })
  expect(await afterSetup(new Map([['go-on', goOn]])).get('go-on')?.(context)).toEqual({
    continueWith: { pass: 1, asked: 2 },
  })
})
