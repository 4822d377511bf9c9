import * as calls from '../api/calls.ts'
import type { SequenceView } from '../../api/sequences/schema.ts'
import type { LiveEvent } from '../../api/events/schema.ts'
import { ApiError } from '../api/client.ts'
import { keepConnected } from '../live/connection.ts'
import { readClock } from './clock.ts'
import { cardsOf } from './board.ts'
import { createHearing, type Told } from './hearing.ts'
import type { Session } from './session.ts'
import { emptyWorkshop, reduce, type Workshop } from './reduce.ts'

type Connection = { state: 'connecting' } | { state: 'live' } | { state: 'lost'; since: Date }

let workshop = $state.raw<Workshop>(emptyWorkshop)
let connection = $state.raw<Connection>({ state: 'connecting' })
let sequences = $state.raw<readonly SequenceView[]>([])
let loaded = $state(false)
/** How often everything has been read anew, and how often the stock has changed since it was read. */
let readings = $state(0)
let stockChanges = $state(0)
let forgotten = $state.raw<readonly string[]>([])
let permissions = $state.raw<Session['permissions']>([])
let now = $state.raw(readClock())
const cards = $derived(cardsOf(workshop, now))
const hearing = createHearing()

/** What every page reads. Changes only through `tell` and its kin, `refreshSequences` and the event stream. */
export const shop = {
  get state() {
    return workshop
  },
  get connection() {
    return connection
  },
  get sequences() {
    return sequences
  },
  /** Whether the first answers are in; until then an empty page would be a lie. */
  get loaded() {
    return loaded
  },
  /** Grows when what a page has asked for by itself may be old: it asks again. */
  get readings() {
    return readings
  },
  /** Grows with every change of the stock. */
  get stockChanges() {
    return stockChanges
  },
  /** Machines that are gone since the page was opened. */
  get forgotten() {
    return forgotten
  },
  /** To prepare machines; the screen on the wall looks and touches nothing. */
  get mayOperate() {
    return permissions.includes('operate')
  },
  /** To decide what machines are prepared with, and to take away what cannot be brought back. */
  get mayAdminister() {
    return permissions.includes('administer')
  },
  /** The time, once a second. */
  get now() {
    return now
  },
  get cards() {
    return cards
  },
}

/** When a request leaves, to be given to `tellNews` with its answer. */
export const askedNow = (): number => hearing.now()

/** Tells what a request was answered, unless newer things have been heard since it was asked. */
export function tellNews(answer: Told, askedAt: number): void {
  const news = hearing.news(answer, askedAt)
  if (news !== null) tell(news)
}

/**
 * Waits for the answer to a request that has just left, and tells it as far as it is news.
 *
 * @throws ApiError as the request does
 */
export async function tellAnswer<T>(asked: Promise<T>, told: (answer: T) => Told): Promise<T> {
  const askedAt = askedNow()
  const answer = await asked
  tellNews(told(answer), askedAt)
  return answer
}

export function tell(event: Told): void {
  // What this page has removed stays so, whatever an earlier request may yet answer.
  if (event.type.endsWith('-removed')) hearing.heard(event)
  const before = workshop.images
  workshop = reduce(workshop, event)
  if (event.type === 'record' || event.type === 'machine-removed') stockChanges += 1
  if (event.type === 'machine-removed') forgotten = [...forgotten, event.id]
  const cameOrWent = event.type === 'image' ? !Object.hasOwn(before, event.image.id) : event.type === 'image-removed'
  if (cameOrWent) void refreshChoices()
}

/** Which images a sequence can be started with is the server's answer, so it is asked again when one comes or goes. */
async function refreshChoices(): Promise<void> {
  try {
    await refreshSequences()
  } catch (error) {
    // With the connection gone too, everything is read anew once it is back.
    if (!(error instanceof ApiError)) throw error
  }
}

export async function refreshSequences(): Promise<void> {
  sequences = await calls.listSequences()
}

/** Follows the server until the signal ends it, for a person who may do so much. `refused` is called when the session is over. */
export function startStore(may: Session['permissions'], signal: AbortSignal, refused: () => void): void {
  permissions = may
  const tick = setInterval(() => (now = readClock()), 1000)
  signal.addEventListener('abort', () => clearInterval(tick), { once: true })
  /** Events that come while the lists are fetched are newer than the lists: they wait and are applied after them. */
  let held: LiveEvent[] | null = null
  let heardAt = readClock()
  const load = async (): Promise<void> => {
    try {
      await loadLists()
      for (const event of held ?? []) tell(event)
      held = null
      loaded = true
      connection = { state: 'live' }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      // The stream is open and still a list did not come: the next try is ours to make.
      if (held !== null && !signal.aborted) setTimeout(() => void load(), 2000)
    }
  }
  const listener = {
    opened: () => {
      held = []
      void load()
    },
    event: (event: LiveEvent) => {
      hearing.heard(event)
      if (held === null) tell(event)
      else held.push(event)
    },
    heard: () => (heardAt = readClock()),
    lost: (status: number | null) => {
      held = null
      if (connection.state !== 'lost') connection = { state: 'lost', since: heardAt }
      if (status === 401) refused()
    },
  }
  void keepConnected('/api/events', listener, signal)
}

async function loadLists(): Promise<void> {
  const [machines, deployments, images, imports, newcomers] = await Promise.all([
    calls.listMachines(),
    calls.listDeployments(),
    calls.listImages(),
    calls.listImports(),
    calls.listNewcomers(),
    refreshSequences(),
  ])
  tell({ type: 'loaded', lists: { machines, deployments, images, imports, newcomers } })
  readings += 1
}
