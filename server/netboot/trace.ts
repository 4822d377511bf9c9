import type { Sentence } from '../../text/sentence.ts'
import { swappedUuid } from '../machines/uuid.ts'
import type { Requester } from './requester.ts'

/** One thing a machine's firmware, loader, kernel or agent asked, and what it got. */
export type TraceEntry = {
  at: Date
  protocol: 'dhcp' | 'tftp' | 'http' | 'agent'
  text: Sentence
  outcome: 'ok' | 'refused' | 'failed'
}

/** What one requester asked, oldest first. */
export type RequesterTrace = { requester: Requester; entries: readonly TraceEntry[] }

export type BootTrace = {
  add(requester: Requester, entry: Omit<TraceEntry, 'at'>): void
  /** What was asked with the machine's UUID or through one of its network cards; some of it may be another machine's. */
  naming(machine: { uuid: string | null; macs: readonly string[] }): RequesterTrace[]
}

/**
 * Remembers in memory what was asked lately, by network card and UUID together: a card that goes from machine to machine
 * leaves what each of them asked apart.
 *
 * @param options `entriesPerRequester`, and `requesters`, the number kept (the longest silent is forgotten first), so that
 * packets with invented addresses cannot fill the memory.
 */
export function createBootTrace(options: {
  now: () => Date
  entriesPerRequester: number
  requesters: number
}): BootTrace {
  const known = new Map<string, { requester: Requester; entries: TraceEntry[] }>()
  return {
    add({ mac, uuid }, entry) {
      const requester = { mac: mac.toLowerCase(), uuid: uuid?.toLowerCase() ?? null }
      const key = `${requester.mac} ${requester.uuid}`
      const entries = known.get(key)?.entries ?? []
      entries.push({ ...entry, at: options.now() })
      if (entries.length > options.entriesPerRequester) entries.shift()
      // Put back at the end: a Map keeps the order of insertion, so its first key is the longest silent.
      known.delete(key)
      known.set(key, { requester, entries })
      const longestSilent = known.size > options.requesters ? known.keys().next().value : undefined
      if (longestSilent !== undefined) known.delete(longestSilent)
    },
    naming({ uuid, macs }) {
      const uuids = uuid === null ? [] : [uuid.toLowerCase(), swappedUuid(uuid.toLowerCase())]
      const cards = new Set(macs.map((mac) => mac.toLowerCase()))
      return [...known.values()].filter(
        ({ requester }) => cards.has(requester.mac) || (requester.uuid !== null && uuids.includes(requester.uuid)),
      )
    },
  }
}
