import { describe, expect, test } from 'vitest'
import { hasKey, readRegistryAnswer, registryNumber, valueIn } from '../../../../../agent/windows/system/registry.ts'
import { readRegistry, writeValue } from '../../../../../agent/windows/system/registry-access.ts'
import { expandVariables } from '../../../../../agent/windows/system/windows-path.ts'
import {
  exited,
  folderDependencies,
  recordedExec,
  windowsContext,
  windowsWork,
  withScripts,
  type ScriptAnswer,
} from '../programs.ts'
import { recordedProgram, recordedScript } from '../recordings.ts'

const teamViewer = 'HKLM\\SOFTWARE\\TeamViewer'

describe('what read-registry.ps1 sends', () => {
  const read = readRegistryAnswer(recordedScript('read-registry', 'teamviewer').result) ?? []
  test.each([
    ['ClientID', 1234567890n, '1234567890'],
    ['Serial', 5000000000n, '5000000000'],
    ['Unsigned', 4294967295n, '4294967295'],
    ['Version', null, '15.58.4'],
    ['Installation Date', null, '2026-11-23'],
    ['Folders', null, '%ProgramFiles%\\TeamViewer'],
    ['Blob', null, '0102FF'],
    ['Lines', null, 'un\\0deux'],
    ['Empty', null, ''],
    ['Éditeur', null, 'Société générale d’édition'],
  ])('%s as number and as text', (name, number, text) => {
    const value = valueIn(read, teamViewer.toLowerCase(), name.toUpperCase())
    expect(value?.data).toBe(text)
    expect(value && registryNumber(value)).toBe(number)
  })

  test('a key that is not there, or may not be read, has no value', () => {
    expect(hasKey(read, teamViewer)).toBe(true)
    for (const key of ['HKLM\\SOFTWARE\\None', 'HKLM\\SECURITY\\Policy']) {
      expect(hasKey(read, key)).toBe(false)
      expect(valueIn(read, key, 'Version')).toBeNull()
    }
  })

  test('text ends at its first NUL', () => {
    const values = [{ name: 'A', kind: 'String', data: 'name\0rest of an older one' }]
    const cut = readRegistryAnswer({ keys: [{ key: 'HKLM\\X', state: 'there', values }] }) ?? []
    expect(valueIn(cut, 'HKLM\\X', 'A')?.data).toBe('name')
  })

  test.each([null, {}, { keys: {} }, { keys: [{ key: 'HKLM\\X', state: 'there' }] }])('%j is no answer', (sent) => {
    expect(readRegistryAnswer(sent)).toBeNull()
  })
})

describe('asking the registry', () => {
  const dependencies = folderDependencies()
  const asking = (answer: () => ScriptAnswer) => {
    const { exec, calls } = withScripts({ 'read-registry': answer })
    return { context: windowsContext(windowsWork('x'), exec), calls }
  }
  const questions = [
    { key: teamViewer, names: ['ClientID', 'Version'] },
    { key: 'HKLM\\SECURITY\\Policy', names: [] },
  ]

  test('starts one PowerShell for all there is to ask, and none for nothing', async () => {
    const { context, calls } = asking(() => recordedScript('read-registry', 'teamviewer'))
    expect(await readRegistry(context, dependencies, [])).toEqual([])
    const read = await readRegistry(context, dependencies, questions)
    expect(valueIn(read, teamViewer, 'ClientID')?.data).toBe('1234567890')
    expect(calls).toEqual([{ name: 'read-registry', input: { keys: questions } }])
  })

  test('tells what may not be read', async () => {
    const { context } = asking(() => recordedScript('read-registry', 'teamviewer'))
    await readRegistry(context, dependencies, questions)
    expect(context.lines.join()).toContain('HKLM\\SECURITY\\Policy cannot be read: ')
  })

  test.each([
    ['that breaks off', (): ScriptAnswer => ({ code: 1, stderr: 'Accès refusé.' })],
    ['that sends something else', (): ScriptAnswer => ({ result: { keys: 'none' } })],
  ])('a script %s is a failure with words', async (_name, answer) => {
    const { context } = asking(answer)
    await expect(readRegistry(context, dependencies, questions)).rejects.toMatchObject({
      failure: { code: 'SCRIPT_FAILED', params: { script: 'read-registry' } },
    })
  })

  test('a value is written, or what was said against it is told', async () => {
    const entry = { key: 'HKLM\\X', name: 'A', type: 'REG_DWORD', data: 1 } as const
    expect(await writeValue(recordedExec([recordedProgram('reg', 'added.fr')]).exec, entry)).toBeNull()
    const denied = exited(1, '', 'ERREUR : Accès refusé.\r\n')
    expect(await writeValue(recordedExec([denied]).exec, entry)).toBe('HKLM\\X\\A: ERREUR : Accès refusé.')
  })
})

test.each([
  ['%ProgramFiles%\\TeamViewer\\a.exe', 'C:\\Program Files\\TeamViewer\\a.exe'],
  ['%programfiles%\\x', 'C:\\Program Files\\x'],
  ['%NotSet%\\x', '%NotSet%\\x'],
  ['100 % of %PUBLIC%', '100 % of %PUBLIC%'],
  ['C:\\plain', 'C:\\plain'],
])('fills in the variables of %s', (text, expanded) => {
  expect(expandVariables(text, { ProgramFiles: 'C:\\Program Files' })).toBe(expanded)
})
