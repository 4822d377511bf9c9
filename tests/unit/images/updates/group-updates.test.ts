import { describe, expect, test } from 'vitest'
import { buildText, readBuilds } from '../../../../images/updates/builds.ts'
import { unfitFor } from '../../../../images/updates/fit.ts'
import { groupUpdates } from '../../../../images/updates/group-updates.ts'
import { readUpdateName } from '../../../../images/updates/update-file.ts'

const hash = 'fc93a482441b42bcdbb035f915d4be2047d63de5'

describe('the name of an update package', () => {
  test.each([
    [`windows11.0-kb5058411-x64_${hash}.msu`, 'KB5058411', 'x64', 11],
    ['Windows11.0-KB5043080-x64.msu', 'KB5043080', 'x64', 11],
    [`windows10.0-kb5063159-x64-ndp481_${hash}.msu`, 'KB5063159', 'x64', 10],
    [`24H2/windows11.0-kb5058411-arm64_${hash}.msu`, 'KB5058411', 'arm64', 11],
    ['ssu-19041.3562-x64.cab', null, 'x64', null],
    ['mise à jour.msu', null, null, null],
  ])('%s tells number, architecture and Windows', (name, kb, architecture, windows) => {
    expect(readUpdateName(name)).toMatchObject({ kb, architecture, windows })
  })

  test.each([
    [`windows11.0-kb5058411-x64_${hash}.msu`, 26_100, null],
    [`windows11.0-kb5058411-arm64_${hash}.msu`, 26_100, 'architecture'],
    [`windows11.0-kb5058411-x64_${hash}.msu`, 19_045, 'windows'],
    [`windows10.0-kb5049981-x64_${hash}.msu`, 19_045, null],
    [`windows10.0-kb5049981-x64_${hash}.msu`, 22_000, null],
    [`windows10.0-kb5049981-x64_${hash}.msu`, 22_631, 'windows'],
    ['unnamed.msu', 26_100, null],
  ])('%s on build %i', (name, build, unfit) => {
    expect(unfitFor(readUpdateName(name), build)).toBe(unfit)
  })
})

describe('the build an update leads to', () => {
  test.each([
    ['KB5065426 26100.6584', ['26100.6584']],
    ['Windows 11 Version 24H2 for x64-based Systems (KB5065426) (26100.6584)', ['26100.6584']],
    ['26100.6584 et 26200.6584', ['26100.6584', '26200.6584']],
    ['26100.1742, puis 26100.6584', ['26100.6584']],
    ['10.0.19045.5371', ['19045.5371']],
    ['Package_for_RollupFix~31bf3856ad364e35~amd64~~26100.6584.1.8.cab', ['26100.6584']],
    [`windows11.0-kb5058411-x64_${hash}.msu`, []],
    ['24H2', []],
    ['2.1.26100.6584', []],
    ['KB5065426.msu', []],
  ])('%s names %j', (name, builds) => {
    expect(readBuilds(name).map(buildText)).toEqual(builds)
  })

  test('is told by its folder or its file; a servicing stack has a number of its own', () => {
    const paths = ['KB5065426 26100.6584/kb5065426-x64.msu', 'ssu-26100.6569-x64.cab', 'kb5066835-26100.6899-x64.msu']
    const told = groupUpdates(paths).groups.map(({ id, builds }) => [id, ...builds.map(buildText)])
    expect(told).toEqual([['ssu-26100.6569-x64.cab'], ['KB5065426', '26100.6584'], ['KB5066835', '26100.6899']])
  })
})

describe('the folder of updates', () => {
  test('has single packages, servicing stacks first, then by number', () => {
    const { groups, strays } = groupUpdates([
      'windows11.0-kb5060000-x64.msu',
      'a-KB5050000-x64.cab',
      'ssu-1-x64.cab',
      'b.txt',
    ])
    expect(groups.map(({ id }) => id)).toEqual(['ssu-1-x64.cab', 'KB5050000', 'KB5060000'])
    expect(strays).toEqual([{ path: 'b.txt', because: 'not-an-update' }])
  })

  test('keeps a checkpoint update together with what it builds on; the newest number is the target', () => {
    const files = ['24H2/windows11.0-kb5043080-x64.msu', '24H2/windows11.0-kb5058411-x64.msu']
    expect(groupUpdates([...files, '24H2/readme.txt', '24H2/old/windows11.0-kb5099999-x64.msu']).groups).toEqual([
      { id: 'KB5058411', title: '24H2', target: readUpdateName(files[1] ?? ''), builds: [], files },
    ])
  })

  test('takes the number a folder is named by as its target, and says when it is not there', () => {
    const files = [
      'KB5043080 mars/kb5043080-x64.msu',
      'KB5043080 mars/kb5058411-x64.msu',
      'KB1234567/kb5058411-x64.msu',
    ]
    const { groups, strays } = groupUpdates([...files, 'empty/readme.txt'])
    expect(groups.map(({ id }) => id)).toEqual(['KB5043080'])
    expect(strays).toEqual([
      { path: 'KB1234567', because: 'target-missing' },
      { path: 'empty', because: 'empty' },
    ])
  })
})
