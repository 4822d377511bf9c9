import { expect, test } from 'vitest'
import type { EvidenceItem } from '../../../../agent/protocol/evidence.ts'
import { readWindows } from '../../../../agent/windows/evidence/measurements.ts'
import { updateLevelItems } from '../../../../agent/windows/evidence/update-level.ts'
import { recordedScript } from './recordings.ts'

/** 24H2, 26100.4061. */
const measured = readWindows(recordedScript('measure-windows', '11-pro-activated').result)
const told = (items: readonly EvidenceItem[]): string[] =>
  items.map(({ id, measured: said, verdict }) => `${id} ${verdict}: ${said.en}`)

const level = (revision: number, build = 26_100) => ({
  build,
  revision,
  id: 'KB5065426',
  title: 'KB5065426 26100.6584',
})
const seen = (outcome: string, code: number | null = null) => ({
  packages: [{ id: 'KB5065426', title: 'KB5065426 26100.6584', outcome, code }],
})
const below = 'failed: 24H2, 26100.4061'
test.each([
  ['without knowledge nothing is expected', [], undefined, 'noted: 24H2, 26100.4061'],
  ['nor of another build', [level(9999, 26_200)], undefined, 'noted: 24H2, 26100.4061'],
  ['the level a package leads to', [level(4061)], undefined, 'passed: 24H2, 26100.4061'],
  ['a later one', [level(1742)], undefined, 'passed: 24H2, 26100.4061'],
  [
    'below it, the package to add is named',
    [level(6584)],
    undefined,
    `${below} ; add the catalogue’s update "KB5065426 26100.6584" to the sequence: the step windows-update, without "offline: false"`,
  ],
  [
    'a step that has not taken it is as good as none',
    [level(6584)],
    { packages: [] },
    `${below} ; add the catalogue’s update "KB5065426 26100.6584" to the sequence: the step windows-update, without "offline: false"`,
  ],
  [
    'one that failed is not to be added again',
    [level(6584)],
    seen('failed', 0x800f0823 | 0),
    expect.stringMatching(/4061 ; KB5065426 could not be installed: .*0x800F0823/),
  ],
  ['one that hung', [level(6584)], seen('failed'), `${below} ; KB5065426 could not be installed`],
  ['one that Windows refused', [level(6584)], seen('not-applicable', 1), expect.stringContaining('Windows refused KB')],
  ['one that was taken back', [level(6584)], seen('installed', 0), expect.stringContaining('Windows has gone back')],
])('%s', (_name, levels, result, item) => {
  const [found] = told(updateLevelItems(measured, levels, result))
  expect(found?.replace(/^update-level /, '')).toEqual(item)
})

test('a level that could not be measured is none, where one is expected', () => {
  expect(told(updateLevelItems(readWindows(null)))).toEqual(['update-level noted: not measured'])
  const [item] = updateLevelItems(readWindows(null), [level(6584)])
  expect(item).toMatchObject({ verdict: 'failed', expected: { fr: 'au moins 26100.6584 (KB5065426)' } })
})
