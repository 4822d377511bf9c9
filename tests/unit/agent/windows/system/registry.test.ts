import { describe, expect, test } from 'vitest'
import {
  parseRegistryValues,
  registryNumber,
  registryText,
  valueNamed,
} from '../../../../../agent/windows/system/registry.ts'
import { hasKey, readValue, writeValue } from '../../../../../agent/windows/system/registry-access.ts'
import { expandVariables } from '../../../../../agent/windows/system/windows-path.ts'
import { exited, recordedExec } from '../programs.ts'
import { recordedProgram } from '../recordings.ts'

const key = recordedProgram('reg', 'teamviewer-key')
const values = parseRegistryValues(key.kind === 'exited' ? key.stdout : '')

describe('what reg.exe prints', () => {
  test('is read a value a line: names with blanks, empty data, and no keys below', () => {
    expect(values.map(({ name }) => name)).toEqual([
      ...['ClientID', 'Installation Date', 'InstallationDirectory', 'Version', 'Empty', 'Folders', 'Serial', 'Blob'],
    ])
    expect(valueNamed(values, 'installation date')?.data).toBe('2026-11-23')
    expect(valueNamed(values, 'Empty')?.data).toBe('')
    expect(valueNamed(values, 'Client')).toBeNull()
  })

  test.each([
    ['ClientID', 1234567890n, '1234567890'],
    ['Serial', 5000000000n, '5000000000'],
    ['Version', null, '15.58.4'],
    ['Folders', null, '%ProgramFiles%\\TeamViewer'],
    ['Blob', null, '0102FF'],
  ])('%s as number and as text', (name, number, text) => {
    const value = valueNamed(values, name) ?? { name, type: '', data: '' }
    expect(registryNumber(value)).toBe(number)
    expect(registryText(value)).toBe(text)
  })
})

describe('asking reg.exe', () => {
  test('a value, as 64-bit programs see it', async () => {
    const { exec, asked } = recordedExec([recordedProgram('reg', 'teamviewer-id')])
    expect((await readValue(exec, 'HKLM\\SOFTWARE\\TeamViewer', 'ClientID'))?.data).toBe('0x499602d2')
    expect(asked).toEqual([['reg.exe', 'query', 'HKLM\\SOFTWARE\\TeamViewer', '/v', 'ClientID', '/reg:64']])
  })

  test.each(['missing.en', 'missing.fr'])('what is not there, in either language: %s', async (which) => {
    expect(await readValue(recordedExec([recordedProgram('reg', which)]).exec, 'HKLM\\X', 'A')).toBeNull()
    expect(await hasKey(recordedExec([recordedProgram('reg', which)]).exec, 'HKLM\\X')).toBe(false)
  })

  test('no reg.exe at all is a failure with words', async () => {
    const { exec } = recordedExec([])
    await expect(hasKey(exec, 'HKLM\\X')).rejects.toMatchObject({ failure: { code: 'WINDOWS_PROGRAM_MISSING' } })
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
