import { createAnnouncements } from '../events/announcements.ts'
import { nextStage, type BootStage } from '../machines/boot-stage.ts'
import type { Requester } from './requester.ts'
import type { TraceEntry } from './trace.ts'

/** Somebody who asks for something on the way of network boot and is no machine yet, or cannot become one. */
export type Newcomer = Requester & {
  /** The address it was given; null when it got none. */
  address: string | null
  /** When it was first heard, of this visit. */
  since: Date
  lastAt: Date
  /** How often it asked for something. */
  times: number
  /** The last that it asked, and what it got. */
  last: Pick<TraceEntry, 'protocol' | 'text' | 'outcome'>
  /** How far it has come on its way up; null for one that was refused, or has not begun. */
  doing: BootStage | null
}

export type NewcomerList = {
  /** Those that something was refused first, then those heard of earliest; not all of them. */
  shown: Newcomer[]
  /** How many are kept besides. */
  more: number
  /** Whether others were forgotten for want of room. */
  overflown: boolean
}

export type Newcomers = {
  /** @returns the newcomer when it is new or says something it has not said before; for the log. */
  noted(requester: Requester & { address: string | null }, last: Newcomer['last'], stage?: BootStage): Newcomer | null
  /** The machine with this network card is known. */
  met(mac: string): void
  list(): NewcomerList
  /** Forgets those that have been silent for long, and announces what changed since it was last called. */
  sweep(): void
  onChange(listener: () => void): () => void
}

/** A technician who fetches a screen to a machine that stands still shall still find it here. */
const silenceMs = 30 * 60_000

/**
 * Remembers in memory who is on the network without being a machine.
 *
 * @param options `elapsedMs` of a clock that nobody sets; how many are `kept` (the longest silent is forgotten first) and `shown`, so that packets with invented
 * addresses fill neither memory nor page. Changes are announced by `sweep` only, however many there are.
 */
export function createNewcomers(options: {
  now: () => Date
  elapsedMs: () => number
  kept: number
  shown: number
}): Newcomers {
  const { now, elapsedMs, kept, shown } = options
  const changes = createAnnouncements<[]>()
  /** The longest silent first. */
  const known = new Map<string, { newcomer: Newcomer; heardAtMs: number }>()
  let hasChanged = false
  let overflownAtMs: number | null = null

  function isOverflown(): boolean {
    return overflownAtMs !== null && elapsedMs() - overflownAtMs < silenceMs
  }

  return {
    noted({ mac, uuid, address }, last, stage) {
      const at = now()
      const before = known.get(mac)?.newcomer
      // Another UUID behind the same card is another machine at the same dock.
      const again = before?.uuid === uuid ? before : undefined
      const newcomer: Newcomer = {
        ...{ mac, uuid, address, lastAt: at, last },
        since: again?.since ?? at,
        times: (again?.times ?? 0) + 1,
        doing: doingOf(again?.doing ?? null, last, stage),
      }
      known.delete(mac)
      known.set(mac, { newcomer, heardAtMs: elapsedMs() })
      const longestSilent = known.size > kept ? known.keys().next().value : undefined
      if (longestSilent !== undefined) {
        known.delete(longestSilent)
        overflownAtMs = elapsedMs()
      }
      hasChanged = true
      return again?.last.text.en === last.text.en ? null : newcomer
    },
    met(mac) {
      if (known.delete(mac.toLowerCase())) hasChanged = true
    },
    list() {
      const all = [...known.values()].map(({ newcomer }) => newcomer).sort(byNeed)
      return { shown: all.slice(0, shown), more: Math.max(0, all.length - shown), overflown: isOverflown() }
    },
    sweep() {
      for (const [mac, { heardAtMs }] of known) {
        if (elapsedMs() - heardAtMs < silenceMs) break
        known.delete(mac)
        hasChanged = true
      }
      if (!hasChanged) return
      hasChanged = false
      changes.announce()
    },
    onChange: changes.add,
  }
}

/** What it was refused leaves it standing still; what only failed is tried again from where it was. */
function doingOf(before: BootStage | null, { outcome }: Newcomer['last'], stage?: BootStage): BootStage | null {
  if (outcome === 'refused') return null
  return stage === undefined || outcome === 'failed' ? before : nextStage(before, stage)
}

/** What does not change while one reads: whether a person is needed, then who came first. */
function byNeed(a: Newcomer, b: Newcomer): number {
  const need = Number(a.last.outcome === 'ok') - Number(b.last.outcome === 'ok')
  return need || a.since.getTime() - b.since.getTime() || (a.mac < b.mac ? -1 : 1)
}
