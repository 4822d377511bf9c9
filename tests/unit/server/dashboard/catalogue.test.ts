import { describe, expect, test } from 'vitest'
import type { SoftwareView } from '../../../../server/api/catalogue/schema.ts'
import { nameForInstaller } from '../../../../server/dashboard/pages/catalogue/installer.ts'
import { glyphOf, inOrder, standingOf } from '../../../../server/dashboard/pages/catalogue/list-order.ts'

const package_ = (change: Partial<SoftwareView>): SoftwareView => ({
  ...{ id: 'a', name: 'a', version: null, origin: 'shipped', state: 'ready', folder: '/x', installer: null },
  ...{ source: null, candidates: [], needs: [], shortcut: null, reports: [], secrets: [], files: 0, sizeBytes: 0 },
  ...{ usedBy: [], problems: [] },
  ...change,
})

describe('a package in the catalogue', () => {
  test.each([
    [{ state: 'ready' }, 'ready', 'done'],
    [{ state: 'installer-missing' }, 'spare', 'asleep'],
    [{ state: 'installer-missing', usedBy: ['Pro'] }, 'trouble', 'attention'],
    [{ state: 'installer-missing', origin: 'own' }, 'trouble', 'attention'],
    [{ state: 'installer-ambiguous' }, 'trouble', 'attention'],
    [{ state: 'invalid' }, 'trouble', 'failed'],
  ] as const)('%j stands as %s', (change, standing, glyph) => {
    const item = package_({ ...change, usedBy: 'usedBy' in change ? [...change.usedBy] : [] })
    expect([standingOf(item), glyphOf(item)]).toEqual([standing, glyph])
  })

  test('comes first when a person is needed, then by name', () => {
    const items = [
      package_({ name: 'z', state: 'installer-missing' }),
      package_({ name: 'b' }),
      package_({ name: 'a' }),
      package_({ name: 'y', state: 'invalid' }),
    ]
    expect(inOrder(items).map(({ name }) => name)).toEqual(['y', 'a', 'b', 'z'])
  })
})

test.each([
  ['TeamViewer_Host.msi', 'TeamViewer_Host (1).msi', 'TeamViewer_Host.msi'],
  ['Host/TeamViewer_Host.msi', 'x.MSI', 'TeamViewer_Host.msi'],
  ['7z*-x64.msi', '7z2409-x64.msi', '7z2409-x64.msi'],
  ['setup.exe', 'setup.zip', null],
  ['setup.exe', 'setup', null],
])('an installer wanted as %s and picked as %s is sent as %s', (wanted, picked, name) => {
  expect(nameForInstaller(wanted, picked)).toBe(name)
})
