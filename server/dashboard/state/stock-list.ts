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

/** The filter as the address bar has it, so that Back and a reload find the list as it was. */
export function queryOf({ state, search }: StockFilter): string {
  const query = new URLSearchParams()
  if (state !== null) query.set('state', state)
  if (search.trim() !== '') query.set('search', search.trim())
  return query.size === 0 ? '' : `?${query}`
}

/** The filter that a query asks for; what is no state is none. */
export function filterOf(query: string): StockFilter {
  const found = new URLSearchParams(query)
  return { state: stockStates.find((one) => one === found.get('state')) ?? null, search: found.get('search') ?? '' }
}

/** What of the stock is on the page: whole pages from the first one on, last changed first. */
export type Shown = { ids: readonly string[]; next: string | null }
export type RecordPage = { items: ReadonlyArray<Pick<RecordView, 'id'>>; next: string | null }

/** The list with one more page at its end. */
export function withNext(shown: Shown, page: RecordPage): Shown {
  return { ids: joined(shown.ids, idsOf(page)), next: page.next }
}

/** The list with its first page read anew: whatever has changed stands at its top now. */
export function withFirst(shown: Shown, page: RecordPage): Shown {
  if (page.next === null) return { ids: idsOf(page), next: null }
  return { ids: joined(idsOf(page), shown.ids), next: shown.ids.length > page.items.length ? shown.next : page.next }
}

/** The list with every page read anew that was on it: what has left it meanwhile is gone, as far as a person had come. */
export async function readAgain({ ids }: Shown, read: (after: string | null) => Promise<RecordPage>): Promise<Shown> {
  let again = withNext({ ids: [], next: null }, await read(null))
  while (again.next !== null && again.ids.length < ids.length) again = withNext(again, await read(again.next))
  return again
}

function idsOf({ items }: RecordPage): string[] {
  return items.map(({ id }) => id)
}

function joined(first: readonly string[], rest: readonly string[]): string[] {
  return [...new Set([...first, ...rest])]
}
