import { listRecords } from '../../api/calls.ts'
import type { RecordView } from '../../../api/stock/schema.ts'
import { shop, tellAnswer } from '../../state/store.svelte.ts'
import {
  filterOf,
  queryOf,
  readAgain,
  withFirst,
  withNext,
  type RecordState,
  type Shown,
  type StockFilter,
} from '../../state/stock-list.ts'

/** Changes come in bursts, as when twenty runs start: the list follows at this pace. */
const followMs = 1000

const nothing: Shown = { ids: [], next: null }

/** The stock as far as it has been read, page by page, for one filter at a time. */
class StockRecords {
  filter = $state.raw<StockFilter>({ state: null, search: '' })
  error = $state.raw<unknown>(null)
  /** Null until the first answer is in. */
  counts = $state.raw<Record<RecordState, number> | null>(null)
  #shown = $state.raw<Shown>(nothing)
  #pending: Promise<void> = Promise.resolve()
  /** Where the page begins that was asked for last. */
  #asked: string | null = null
  #changes = 0
  #readings = 0
  /** What of the list may be old: what changes comes to its top; of what came while the line was cut nobody told anything. */
  #stale: 'top' | 'whole' | null = null
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
    this.#stale = null
    this.#write()
    this.#read(async () => withNext(nothing, await this.#page(filter, null)))
  }

  /** Reads the next page; once, however often it is asked for meanwhile. */
  readMore(): void {
    const { next } = this.#shown
    if (next === null || next === this.#asked) return
    this.#asked = next
    // Where the list ends is looked up when its turn comes: it may have been read anew until then.
    this.#read(async (filter) => {
      const { next: from } = this.#shown
      return from === null ? this.#shown : withNext(this.#shown, await this.#page(filter, from))
    })
  }

  /**
   * Reads again what may be old, a moment after the stock has changed or the line is back: each number grows with it.
   * Who leaves the page in that moment has it read when he comes back.
   */
  follow(changes: number, readings: number): void {
    const [hasChanged, wasCut] = [changes !== this.#changes, readings !== this.#readings]
    this.#changes = changes
    this.#readings = readings
    // The first answer is on its way; it is asked again only when it did not come.
    if (this.counts === null && this.error === null) return
    if (wasCut) this.#stale = 'whole'
    else if (hasChanged) this.#stale ??= 'top'
    if (this.#stale === null) return
    this.#follow ??= setTimeout(() => {
      this.#follow = null
      this.#readStale()
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

  #readStale(): void {
    const stale = this.#stale
    this.#stale = null
    this.#read(
      async (filter) =>
        stale === 'whole'
          ? readAgain(this.#shown, (after) => this.#page(filter, after))
          : withFirst(this.#shown, await this.#page(filter, null)),
      () => (this.#stale = stale),
    )
  }

  async #page(filter: StockFilter, after: string | null): ReturnType<typeof listRecords> {
    const page = await tellAnswer(listRecords(filter, after), ({ items }) => ({ type: 'records-read', records: items }))
    this.counts = page.counts
    return page
  }

  /** Reads after all that is being read, and shows what is asked for still; `failed` is called when it did not come. */
  #read(ask: (filter: StockFilter) => Promise<Shown>, failed: () => void = () => undefined): void {
    const { filter } = this
    const read = async (): Promise<void> => {
      // Whoever types on asks for something else by now.
      if (filter !== this.filter) return
      try {
        const shown = await ask(filter)
        if (filter !== this.filter) return
        this.#shown = shown
        this.error = null
      } catch (refusal) {
        this.error = refusal
        this.#asked = null
        failed()
      }
    }
    this.#pending = this.#pending.then(read)
  }
}

/** The stock as it was last looked at: who comes back from a machine finds the list as it was left. */
export const stockRecords = new StockRecords()
