import type { RecordView } from '../../api/stock/schema.ts'

export type RecordState = RecordView['state']
export type StockFilter = { state: RecordState | null; search: string }

/** In the order of a machine's life, what needs a person first. */
export const stockStates: readonly RecordState[] = [
  'attention',
  'received',
  'assembled',
  'deploying',
  'checking',
  'ready',
  'reserved',
  'delivered',
  'retired',
]

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** The records a filter leaves, last changed first. Every word searched for must be somewhere in the record. */
export function stockList(records: readonly RecordView[], filter: StockFilter): RecordView[] {
  const words = plain(filter.search)
    .split(/\s+/)
    .filter((word) => word !== '')
  return records
    .filter((record) => filter.state === null || record.state === filter.state)
    .filter((record) => words.every((word) => textOf(record).includes(word)))
    .toSorted((a, b) => (a.changedAt === b.changedAt ? (a.id < b.id ? -1 : 1) : a.changedAt < b.changedAt ? 1 : -1))
}

function textOf(record: RecordView): string {
  const { label, code, serial, product, manufacturer, windows, reason } = record
  return plain([label, code, serial, product, manufacturer, windows, reason].join(' '))
}

export function countStates(records: readonly RecordView[]): Record<RecordState, number> {
  const counts = Object.fromEntries(stockStates.map((state) => [state, 0])) as Record<RecordState, number>
  for (const record of records) counts[record.state] += 1
  return counts
}
