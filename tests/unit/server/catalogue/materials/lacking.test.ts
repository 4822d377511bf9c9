import { describe, expect, test } from 'vitest'
import { lackingOf, type Stocked } from '../../../../../server/catalogue/materials/lacking.ts'
import { placeOf } from '../../../../../server/api/sequences/place.ts'
import { manifest, profile, testCatalogue } from '../test-catalogue.ts'
import { msi } from '../../../../installer-files.ts'

const install = (name: string, when: unknown = null) => ({ type: 'install-software', input: { package: name }, when })
const clean = (name: string) => ({ type: 'remove-apps', input: { profile: name }, when: null })
const drive = (...packs: string[]) => ({ type: 'inject-drivers', input: { packs }, when: null })

async function stocked(): Promise<Stocked> {
  await using made = await testCatalogue()
  made.put('software/tool/manifest.yaml', manifest('Outil'))
  made.put('software/tool/setup.msi', msi('installer'))
  made.put('software/bare/manifest.yaml', manifest('Nu'))
  made.put('software/page/manifest.yaml', manifest('Page'))
  made.put('software/page/setup.msi', 'page introuvable (404)')
  made.put('debloat/ours.yaml', profile('Microsoft.People'))
  const { catalogue } = made
  const { packs } = await catalogue.driverPacks()
  return { software: await catalogue.software(), profiles: await catalogue.profiles(), packs }
}

describe('what a sequence lacks', () => {
  test('is nothing when all that it names can be taken, or only a variable names it', async () => {
    const steps = [
      install('tool'),
      install('${outil}'),
      clean('ours'),
      { type: 'inject-drivers', input: { packs: 'matching' }, when: null },
    ]
    expect(lackingOf(steps, await stocked())).toEqual([])
  })

  test.each([
    ['an unknown package', install('teamviewer'), 'SOFTWARE_NOT_FOUND'],
    ['a package without its installer', install('bare'), 'SOFTWARE_INSTALLER_MISSING'],
    ['an installer that is none', install('page'), 'SOFTWARE_INVALID'],
    ['an unknown profile', clean('theirs'), 'PROFILE_NOT_FOUND'],
    ['an unknown driver pack', drive('NUC99'), 'DRIVER_PACK_NOT_FOUND'],
  ])('names %s, with what to do', async (_, step, code) => {
    const [lack, ...others] = lackingOf([step], await stocked())
    expect(others).toEqual([])
    expect(lack?.code).toBe(code)
    expect(lack?.message.fr).toMatch(/\. \S/)
  })
})

test('is conditional where no step needs it that has no condition', async () => {
  const when = { source: 'memory >= 8 GiB' }
  const there = await stocked()
  const conditional = (...steps: Parameters<typeof lackingOf>[0]) =>
    lackingOf(steps, there).map((lack) => `${lack.name} ${lack.conditional}`)
  expect(conditional(install('bare', when), install('page'))).toEqual(['bare true', 'page false'])
  expect(conditional(install('bare', when), install('bare'))).toEqual(['bare false'])
})

test('stands where the sequence names it, not where a comment or another name does', () => {
  const source =
    '# teamviewer pour tous\nname: X\nwindows:\n  - install-software: { package: teamviewer-host }\n  - install-software: { package: teamviewer }\n'
  expect(placeOf('teamviewer', source)).toEqual({ line: 5, column: 34 })
  expect(placeOf('absent', source)).toEqual({ line: 1, column: 1 })
})
