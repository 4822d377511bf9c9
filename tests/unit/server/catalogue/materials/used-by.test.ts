import { expect, test } from 'vitest'
import { usesOf } from '../../../../../server/catalogue/materials/used-by.ts'

const install = (...packages: string[]) => ({ type: 'install-software', input: { packages } })

test('a package is taken by the sequences that name it, and by those that name what needs it', () => {
  const software = [
    { id: 'app', manifest: { needs: ['runtime'] } },
    { id: 'runtime', manifest: { needs: ['app'] } },
    { id: 'alone', manifest: null },
  ]
  const uses = usesOf(
    [
      { name: 'Pro', steps: [install('app'), { type: 'remove-apps', input: { profile: 'office' } }] },
      { name: 'Home', steps: [install('runtime', 'gone'), install('${other}')] },
    ],
    software,
  )
  expect(uses.software.get('app')).toEqual(['Pro', 'Home'])
  expect(uses.software.get('runtime')).toEqual(['Pro', 'Home'])
  expect(uses.software.get('gone')).toEqual(['Home'])
  expect(uses.software.get('alone')).toBeUndefined()
  expect([...uses.profiles]).toEqual([['office', ['Pro']]])
})
