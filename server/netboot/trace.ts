import type { Sentence } from '../../text/sentence.ts'

/** One thing a machine's firmware, loader, kernel or agent asked, and what it got. */
export type TraceEntry = {
  at: Date
  protocol: 'dhcp' | 'tftp' | 'http' | 'agent'
  text: Sentence
  outcome: 'ok' | 'refused' | 'failed'
}

export type BootTrace = {
  add(mac: string, entry: Omit<TraceEntry, 'at'>): void
  /** The entries of one machine's network cards together, oldest first. */
  of(macs: readonly string[]): TraceEntry[]
}

/**
 * Remembers in memory what each MAC address asked lately.
 *
 * @param options `entriesPerMac`, and `macs`, the number of addresses kept (the longest silent is forgotten first), so that
 * packets with invented addresses cannot fill the memory.
 */
export function createBootTrace(options: { now: () => Date; entriesPerMac: number; macs: number }): BootTrace {
  const byMac = new Map<string, TraceEntry[]>()
  return {
    add(mac, entry) {
      const key = mac.toLowerCase()
      const entries = byMac.get(key) ?? []
      entries.push({ ...entry, at: options.now() })
      if (entries.length > options.entriesPerMac) entries.shift()
      // Put back at the end: a Map keeps the order of insertion, so its first key is the longest silent.
      byMac.delete(key)
      byMac.set(key, entries)
      const longestSilent = byMac.size > options.macs ? byMac.keys().next().value : undefined
      if (longestSilent !== undefined) byMac.delete(longestSilent)
    },
    of: (macs) =>
      [...new Set(macs.map((mac) => mac.toLowerCase()))]
        .flatMap((mac) => byMac.get(mac) ?? [])
        .sort((a, b) => a.at.getTime() - b.at.getTime()),
  }
}
