import { expect, test } from 'vitest'
import { filesBeside } from '../../../../images/driver-packs/pack-files.ts'
import { parsePack } from '../../../../images/driver-packs/parse-pack.ts'

const files = ['a.inf', 'net/e2.inf', 'net/e2.sys', 'net/x64/e2.cat', 'network/other.sys', 'gfx/g.inf'].map((path) => ({
  path,
}))
const paths = (infs: string[]): string[] => filesBeside(infs, files).map(({ path }) => path)

test('an INF takes its folder and what lies below it, and nothing else', () => {
  expect(paths(['net/e2.inf'])).toEqual(['net/e2.inf', 'net/e2.sys', 'net/x64/e2.cat'])
  expect(paths(['net/e2.inf', 'gfx/g.inf'])).toHaveLength(4)
  expect(paths([])).toEqual([])
})

test('an INF at the top of its pack takes the whole pack', () => {
  expect(paths(['a.inf'])).toHaveLength(files.length)
})

test('a pack says the boards it is made for', () => {
  const text = 'description: NUC 13\nmodels:\n  - { manufacturer: Intel Corporation, product: NUC13ANBi5 }\n'
  expect(parsePack(text)).toMatchObject({ ok: true, value: { models: [{ product: 'NUC13ANBi5' }] } })
  expect(parsePack('models: []')).toMatchObject({ ok: false, problems: [{ params: { key: 'models' } }] })
})
