import type { Phase } from '../../tasksequences/sequence.ts'
import type { Sentence } from '../../text/sentence.ts'
import { nextStage, type BootStage } from './boot-stage.ts'
import type { Presence } from './machine.ts'

/** What says where a machine is. */
export type PresenceSignal =
  | { kind: 'boot'; doing: BootStage }
  /** DHCP gave its firmware nothing, for this reason. */
  | { kind: 'refused'; reason: Sentence }
  | { kind: 'agent'; phase: Phase; address: string }
  /** The agent says that it restarts the machine or switches it off. */
  | { kind: 'leaving' }
  | { kind: 'silence' }

/** How long after its last signal a machine counts as absent; polls come every 25 s, firmware and kernel take their time. */
export const agentSilenceMs = 40_000
export const bootSilenceMs = 180_000
/** Once the kernel has it, a machine asks for nothing more until its agent speaks: unpacking takes an old one minutes. */
export const unpackingSilenceMs = 15 * 60_000
/** Firmware that was refused gives up after a minute and stands still until somebody comes. */
export const refusedSilenceMs = 30 * 60_000

function allowedMs(presence: Presence): number {
  switch (presence.kind) {
    case 'absent':
      return 0
    case 'booting':
      return presence.doing === 'kernel' || presence.doing === 'root' ? unpackingSilenceMs : bootSilenceMs
    case 'refused':
      return refusedSilenceMs
    case 'present':
      return agentSilenceMs
    default:
      return presence satisfies never
  }
}

/**
 * Where a machine is after a signal.
 *
 * @returns the same object when nothing visible changed.
 */
export function nextPresence(presence: Presence, signal: PresenceSignal, now: Date): Presence {
  switch (signal.kind) {
    case 'leaving':
    case 'silence':
      return presence.kind === 'absent' ? presence : { kind: 'absent' }
    case 'agent':
      if (presence.kind === 'present' && presence.phase === signal.phase && presence.address === signal.address) {
        return presence
      }
      return { kind: 'present', since: now, phase: signal.phase, address: signal.address }
    case 'refused':
      if (presence.kind === 'refused' && presence.reason.en === signal.reason.en) return presence
      return { kind: 'refused', since: now, reason: signal.reason }
    case 'boot': {
      if (presence.kind !== 'booting') return { kind: 'booting', since: now, doing: signal.doing }
      const doing = nextStage(presence.doing, signal.doing)
      if (doing === presence.doing) return presence
      return { ...presence, doing, ...(doing === 'dhcp' ? { since: now } : {}) }
    }
    default:
      return signal satisfies never
  }
}

export type PresenceTracker = {
  of(machineId: string): Presence
  /** Ids of the machines that are on the network. */
  here(): string[]
  /** Applies a signal; listeners are called only when the presence changed. */
  signal(machineId: string, change: Exclude<PresenceSignal, { kind: 'silence' }>): void
  /** Machines silent for too long become absent; called by the owner's timer. */
  sweep(): void
  counts(): Record<Presence['kind'], number>
  onChange(listener: (machineId: string) => void): () => void
}

/**
 * Keeps the presence of every machine in memory; after a restart all are absent until they show up.
 *
 * @param elapsedMs a clock that only goes forward: silence is measured by it, so that a clock set back keeps no machine here
 */
export function createPresenceTracker(
  now: () => Date,
  elapsedMs: () => number = () => now().getTime(),
): PresenceTracker {
  const known = new Map<string, { presence: Presence; signalledAt: number }>()
  const listeners = new Set<(machineId: string) => void>()

  function apply(machineId: string, change: PresenceSignal): void {
    const before = known.get(machineId)?.presence ?? { kind: 'absent' }
    const presence = nextPresence(before, change, now())
    if (presence.kind === 'absent') known.delete(machineId)
    else known.set(machineId, { presence, signalledAt: elapsedMs() })
    if (presence !== before) for (const listener of listeners) listener(machineId)
  }

  return {
    of: (machineId) => known.get(machineId)?.presence ?? { kind: 'absent' },
    here: () => [...known.keys()],
    signal: apply,
    sweep() {
      for (const [machineId, { presence, signalledAt: heardAt }] of [...known]) {
        if (elapsedMs() - heardAt > allowedMs(presence)) apply(machineId, { kind: 'silence' })
      }
    },
    counts() {
      const counts = { absent: 0, booting: 0, refused: 0, present: 0 }
      for (const { presence } of known.values()) counts[presence.kind] += 1
      return counts
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
