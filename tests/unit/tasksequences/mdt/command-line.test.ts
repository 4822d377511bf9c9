import { expect, test } from 'vitest'
import { invocationOf, pathInShare } from '../../../../tasksequences/mdt/command-line.ts'
import { isSilent, msiArguments } from '../../../../tasksequences/mdt/installer-arguments.ts'
import { wordsOf } from '../../../../tasksequences/mdt/command-line.ts'

test.each([
  ['setup.exe /S', { runs: 'program', program: 'setup.exe', arguments: ['/S'] }],
  ['cmd /c start /wait "" setup.exe /S', { runs: 'program', program: 'setup.exe', arguments: ['/S'] }],
  ['cmd.exe /c "setup.exe /S"', { runs: 'program', program: 'setup.exe', arguments: ['/S'] }],
  [
    'cmd /c copy a b && setup.exe',
    { runs: 'program', program: 'cmd', arguments: ['/c', 'copy', 'a', 'b', '&&', 'setup.exe'] },
  ],
  [
    'powershell.exe -ExecutionPolicy Bypass -File ".\\Install.ps1" -Quiet',
    { runs: 'script', language: 'powershell', path: 'Applications/X/Install.ps1', arguments: '-Quiet' },
  ],
  ['install.cmd', { runs: 'script', language: 'cmd', path: 'Applications/X/install.cmd', arguments: '' }],
  ['', { runs: 'nothing' }],
])('%s', (text, invocation) => {
  expect(invocationOf(text, 'Applications/X')).toEqual(invocation)
})

test.each([
  ['%SCRIPTROOT%\\x.ps1', 'Scripts/x.ps1'],
  ['%DeployRoot%\\Scripts\\a\\x.ps1', 'Scripts/a/x.ps1'],
  ['.\\x.ps1', 'Applications/X/x.ps1'],
  ['..\\..\\x.ps1', null],
  ['C:\\x.ps1', null],
  ['\\\\server\\share\\x.ps1', null],
  ['%WINDIR%\\x.ps1', null],
])('where %s lies in the share', (path, found) => {
  expect(pathInShare(path, 'Applications/X')).toBe(found)
})

test('msiexec keeps a package’s own properties, not what Établi gives it anyway', () => {
  const words = wordsOf(
    'ALLUSERS=1 /qn /norestart REBOOT=ReallySuppress TRANSFORMS="a b.mst" /L*v "%WINDIR%\\Temp\\x.log"',
  )
  expect(msiArguments(words)).toEqual(['ALLUSERS=1', 'TRANSFORMS="a b.mst"'])
})

test.each([['/S'], ['-ms'], ['/quiet'], ['--silent'], ['/v"/qn"'], ['/VERYSILENT'], ['/q']])(
  '%s keeps an installer silent',
  (word) => {
    expect(isSilent([word])).toBe(true)
  },
)

test.each([['/i'], ['/client'], ['/D=C:\\x']])('%s does not', (word) => {
  expect(isSilent([word])).toBe(false)
})
