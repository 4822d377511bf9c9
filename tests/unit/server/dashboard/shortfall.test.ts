import { describe, expect, test } from 'vitest'
import { shortfallsOf } from '../../../../server/dashboard/state/shortfall.ts'

const names = (result: Record<string, unknown>): string[] => shortfallsOf({ state: 'done', result }).map(({ fr }) => fr)

describe('what a step that ended well says has failed', () => {
  test.each([
    ['an update, by its title', { failed: [{ title: 'KB5058411', times: 2 }], installed: [] }, ['KB5058411']],
    ['an app, once, though two lists name it', { failed: ['A'], items: [{ name: 'A', outcome: 'failed' }] }, ['A']],
    [
      'a driver, by its INF',
      {
        installed: [
          { inf: 'e2.inf', verdict: 'failed' },
          { inf: 'x.inf', verdict: 'installed' },
        ],
      },
      ['e2.inf'],
    ],
    ['a setting', { settings: [{ setting: 'power', outcome: 'failed' }] }, ['power']],
    [
      'a check, by its sentence',
      { items: [{ id: 'tpm', title: { fr: 'TPM', en: 'TPM' }, verdict: 'failed' }] },
      ['TPM'],
    ],
    ['what has no name', { packages: [{ verdict: 'failed' }] }, ['packages']],
  ])('names %s', (_, result, wanted) => expect(names(result)).toEqual(wanted))

  test('is not what failed first and was installed then, nor what went well', () => {
    expect(names({ failed: [{ title: 'KB1', times: 1 }], installed: [{ title: 'KB1' }] })).toEqual([])
    expect(
      names({ failed: [], disk: { serial: 'failed' }, partitions: 4, items: [{ name: 'x', outcome: 'removed' }] }),
    ).toEqual([])
    expect(shortfallsOf({ state: 'done', result: null })).toEqual([])
  })
})
