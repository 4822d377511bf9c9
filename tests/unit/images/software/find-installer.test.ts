import { expect, test } from 'vitest'
import { findInstaller } from '../../../../images/software/find-installer.ts'

test.each([
  ['a.msi', ['b.msi', 'a.msi'], { found: 'one', path: 'a.msi' }],
  [
    'TeamViewer_Host.msi',
    ['Full/TeamViewer_Full.msi', 'Host/teamviewer_host.MSI'],
    { found: 'one', path: 'Host/teamviewer_host.MSI' },
  ],
  ['setup/a.exe', ['a.exe', 'setup/A.exe'], { found: 'one', path: 'setup/A.exe' }],
  ['7z*-x64.msi', ['7z2409-x64.msi', '7z2409.msi'], { found: 'one', path: '7z2409-x64.msi' }],
  [
    '7z*-x64.msi',
    ['7z2301-x64.msi', '7z2409-x64.msi'],
    { found: 'several', paths: ['7z2301-x64.msi', '7z2409-x64.msi'] },
  ],
  ['a.msi', ['x/a.msi', 'y/a.msi'], { found: 'several', paths: ['x/a.msi', 'y/a.msi'] }],
  ['a*a', ['a'], { found: 'none' }],
  ['a*b*c', ['a-b-c', 'acb'], { found: 'one', path: 'a-b-c' }],
  ['a.msi', [], { found: 'none' }],
])('%s among %j', (wanted, paths, expected) => {
  expect(findInstaller(wanted, paths)).toEqual(expected)
})
