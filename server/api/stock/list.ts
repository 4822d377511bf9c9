import { setImmediate } from 'node:timers/promises'
import { labelOf } from '../../machines/machine.ts'
import type { RecordState, StockRecord } from '../../stock/record.ts'
import { hasWords, wordsOf } from '../../stock/search.ts'
import { nextFrom, type Mark, type Page } from '../pages.ts'
import type { RecordView } from './schema.ts'
import { windowsOf } from './present.ts'
import { viewRecords, type RecordViewDependencies } from './views.ts'

export type RecordQuery = { state: RecordState | null; search: string; after: Mark | null; limit: number }

/** So many records are looked through before others have a turn. */
const searchedAtOnce = 250

function markOf({ changedAt, id }: StockRecord): Mark {
  return { at: changedAt.toISOString(), id }
}

/** A page of the stock, last changed first; of those records alone that have every word looked for. */
export async function listRecords(query: RecordQuery, dependencies: RecordViewDependencies): Promise<Page<RecordView>> {
  const { state, after, limit } = query
  const words = wordsOf(query.search)
  const found =
    words.length === 0
      ? await dependencies.stock.page({ state, after, limit: limit + 1 })
      : await searchRecords(words, query, dependencies)
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return {
    items: await viewRecords(page, dependencies),
    next: found.length > limit && last !== undefined ? nextFrom(markOf(last)) : null,
  }
}

/**
 * The records with these words, one more than the page takes. The words may be in what four rooms know of a machine, so
 * that records are looked through one portion after the other, and no database is asked for text it cannot compare.
 */
async function searchRecords(
  words: readonly string[],
  { state, after, limit }: RecordQuery,
  { stock, register, deployments }: RecordViewDependencies,
): Promise<StockRecord[]> {
  const found: StockRecord[] = []
  for (let from = after; ;) {
    const records = await stock.page({ state, after: from, limit: searchedAtOnce })
    const trails = await deployments.trails.ofMachines(records.map(({ machineId }) => machineId))
    for (const record of records) {
      const machine = await register.get(record.machineId)
      if (machine === null) continue
      const { code, serial, product, manufacturer } = machine
      const windows = windowsOf(trails.get(record.machineId) ?? [])
      const said = [record.reason, record.sentence?.en ?? null, ...Object.values(record.facts)]
      if (!hasWords(words, [labelOf(machine), code, serial, product, manufacturer, windows, ...said])) continue
      found.push(record)
      if (found.length > limit) return found
    }
    const last = records.at(-1)
    if (records.length < searchedAtOnce || last === undefined) return found
    from = markOf(last)
    await setImmediate()
  }
}
