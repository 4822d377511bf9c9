import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  parseImportRecord,
  type ImportRecord,
} from '../../../../../../server/catalogue/images/imports/import-record.ts'
import { next, remaining, type ImportEvent } from '../../../../../../server/catalogue/images/imports/import-state.ts'
import { CatalogueError } from '../../../../../../server/catalogue/images/problem.ts'

const fresh: ImportRecord = {
  format: 1,
  id: '168cc09c-a276-4892-90df-e6f52aa238c8',
  source: { kind: 'upload' },
  fileName: 'install.wim',
  sizeBytes: 10,
  createdAt: '2026-11-23T10:00:00.000Z',
  state: 'uploading',
  selected: [],
  prepared: [],
}
const problem = { code: 'NO_SPACE', params: { freeBytes: 1 } } as const

function after(...events: readonly ImportEvent[]): ImportRecord {
  return events.reduce(next, fresh)
}

describe('an import', () => {
  test('with one edition is prepared without asking', () => {
    const record = after({ type: 'received' }, { type: 'inspected', indexes: [3] })
    expect(record).toMatchObject({ state: 'preparing', selected: [3] })
  })

  test('with several waits for a choice, prepares each, and is done after the last', () => {
    const chosen = after(
      { type: 'received' },
      { type: 'inspected', indexes: [1, 2, 3] },
      { type: 'chosen', indexes: [3, 1, 3] },
    )
    expect(chosen).toMatchObject({ state: 'preparing', selected: [1, 3] })
    const half = next(chosen, { type: 'prepared', index: 1, imageId: 'a' })
    expect(half.state).toBe('preparing')
    expect(remaining(half)).toEqual([3])
    expect(next(half, { type: 'prepared', index: 3, imageId: 'b' }).state).toBe('done')
  })

  test('that failed can be chosen from again, and forgets its problem', () => {
    const failed = after({ type: 'received' }, { type: 'inspected', indexes: [1, 2] }, { type: 'failed', problem })
    expect(failed).toMatchObject({ state: 'failed', problem })
    const again = next(failed, { type: 'chosen', indexes: [2] })
    expect(again.state).toBe('preparing')
    expect('problem' in again).toBe(false)
  })

  test.each(['uploading', 'inspecting', 'preparing'] as const)('has nothing to choose while %s', (state) => {
    expect(() => next({ ...fresh, state }, { type: 'chosen', indexes: [1] })).toThrow(CatalogueError)
  })

  test('is left as it is by a late answer of cancelled work', () => {
    const done: ImportRecord = { ...fresh, state: 'done', selected: [1], prepared: [{ index: 1, imageId: 'a' }] }
    for (const event of [
      { type: 'received' },
      { type: 'inspected', indexes: [1] },
      { type: 'prepared', index: 1, imageId: 'b' },
      { type: 'failed', problem },
    ] as const) {
      expect(next(done, event)).toEqual(done)
    }
  })

  test('comes back from disk as it was, and nothing else does', () => {
    const failed = after({ type: 'received' }, { type: 'hashed', sha256: 'f'.repeat(64) }, { type: 'failed', problem })
    expect(parseImportRecord(JSON.stringify(failed))).toEqual(failed)
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseImportRecord(text)).toBeUndefined()
      }),
    )
  })
})
