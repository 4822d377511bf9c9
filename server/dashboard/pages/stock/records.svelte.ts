import { listRecords } from '../../api/calls.ts'
import type { RecordView } from '../../../api/stock/schema.ts'
import { shop, tellAnswer } from '../../state/store.svelte.ts'
import {
  filterOf,
  queryOf,
  withFirst,
  withNext,
  type RecordState,
  type Shown,
  type StockFilter,
} from '../../state/stock-list.ts'

/** Changes come in bursts, as when twenty runs start: the list follows at this pace. */
const followMs = 1000

/** The stock as far as it has been read, page by page, for one filter at a time. */
class StockRecords {
  filter = $state.raw<StockFilter>({ state: null, search: '' })
  error = $state.raw<unknown>(null)
  /** Null until the first answer is in. */
  counts = $state.raw<Record<RecordState, number> | null>(null)
  #shown = $state.raw<Shown>({ ids: [], next: null })
  #pending: Promise<void> = Promise.resolve()
  /** Where the page begins that was asked for last. */
  #asked: string | null = null
  #moment = 0
  #follow: ReturnType<typeof setTimeout> | null = null

  /** A record that has changed since it was read, and is no longer of the state asked for, is gone from the list. */
  readonly list: readonly RecordView[] = $derived.by(() => {
    const { state } = this.filter
    const known = this.#shown.ids.map((id) => shop.state.records[id]).filter((record) => record !== undefined)
    return state === null ? known : known.filter((record) => record.state === state)
  })

  get more(): boolean {
    return this.#shown.next !== null
  }

  /** Shows what the address asks for; without a question there, what was looked at last. */
  begin(): void {
    const asked = location.search === '' ? this.filter : filterOf(location.search)
    if (this.counts === null || queryOf(asked) !== queryOf(this.filter)) this.choose(asked)
    else this.#write()
  }

  /** Shows what another filter leaves. */
  choose(filter: StockFilter): void {
    this.filter = filter
    this.#asked = null
    this.#write()
    this.#read(null, (_, page) => ({ ids: page.items.map(({ id }) => id), next: page.next }))
  }

  /** Reads the next page; once, however often it is asked for meanwhile. */
  readMore(): void {
    const { next } = this.#shown
    if (next === null || next === this.#asked) return
    this.#asked = next
    this.#read(next, withNext)
  }

  /** Reads the first page again a moment after the stock has changed; `moment` grows with each change. */
  follow(moment: number): void {
    const isNew = moment !== this.#moment
    this.#moment = moment
    // The first answer is on its way; it is asked again only when it did not come.
    if (!isNew || (this.counts === null && this.error === null)) return
    this.#follow ??= setTimeout(() => {
      this.#follow = null
      this.#read(null, withFirst)
    }, followMs)
  }

  /** Resolves when what was asked for is shown. */
  async settled(): Promise<void> {
    for (let before: unknown = null; before !== this.#pending;) {
      before = this.#pending
      await this.#pending
    }
  }

  /** Back and a reload find it in the address bar. */
  #write(): void {
    const query = queryOf(this.filter)
    if (location.search !== query) history.replaceState(history.state, '', `${location.pathname}${query}`)
  }

  close(): void {
    if (this.#follow !== null) clearTimeout(this.#follow)
    this.#follow = null
  }

  #read(after: string | null, show: (shown: Shown, page: Awaited<ReturnType<typeof listRecords>>) => Shown): void {
    const asked = this.filter
    const read = async (): Promise<void> => {
      // Whoever types on asks for something else by now.
      if (asked !== this.filter) return
      try {
        const page = await tellAnswer(listRecords(asked, after), ({ items }) => ({
          type: 'records-read',
          records: items,
        }))
        this.counts = page.counts
        if (asked !== this.filter) return
        this.#shown = show(this.#shown, page)
        this.error = null
      } catch (refusal) {
        this.error = refusal
        this.#asked = null
      }
    }
    this.#pending = this.#pending.then(read)
  }
}

/** The stock as it was last looked at: who comes back from a machine finds the list as it was left. */
export const stockRecords = new StockRecords()
