import type { Phase } from '../../tasksequences/sequence.ts'
import type { Presence } from '../machines/machine.ts'

type Booting = Extract<Presence, { kind: 'booting' }>

/** What tells us where a machine is. */
export type Sign =
  | { kind: 'boot'; doing: Booting['doing'] }
  | { kind: 'agent'; phase: Phase; address: string }
  /** The agent said that it restarts the machine or switches it off. */
  | { kind: 'farewell' }
  | { kind: 'silence' }

/** How long after its last sign a machine counts as absent; polls come every 25 s, firmware and kernel take their time. */
export const agentSilenceMs = 40_000
export const bootSilenceMs = 180_000

const stages: readonly Booting['doing'][] = ['dhcp', 'loader', 'kernel', 'root']

/**
 * Where a machine is after a sign.
 *
 * A later request of the same boot never moves it backwards, except DHCP, which only firmware at its start asks for.
 *
 * @returns the same object when nothing changed that a person would see.
 */
export function nextPresence(presence: Presence, sign: Sign, now: Date): Presence {
  switch (sign.kind) {
    case 'farewell':
    case 'silence':
      return presence.kind === 'absent' ? presence : { kind: 'absent' }
    case 'agent':
      if (presence.kind === 'present' && presence.phase === sign.phase && presence.address === sign.address) {
        return presence
      }
      return { kind: 'present', since: now, phase: sign.phase, address: sign.address }
    case 'boot': {
      if (presence.kind !== 'booting') return { kind: 'booting', since: now, doing: sign.doing }
      if (sign.doing === presence.doing) return presence
      const backwards = stages.indexOf(sign.doing) < stages.indexOf(presence.doing)
      if (sign.doing === 'dhcp') return { kind: 'booting', since: now, doing: 'dhcp' }
      return backwards ? presence : { ...presence, doing: sign.doing }
    }
    default:
      return sign satisfies never
  }
}

export type PresenceBoard = {
  of(machineId: string): Presence
  /** Takes in a sign; listeners hear of it only when the presence changed. */
  sign(machineId: string, sign: Exclude<Sign, { kind: 'silence' }>): void
  /** Turns those silent for too long into absent ones; called by the owner's timer. */
  sweep(): void
  counts(): Record<Presence['kind'], number>
  onChange(listener: (machineId: string) => void): () => void
}

/** @param now the clock. */
export function createPresenceBoard(now: () => Date): PresenceBoard {
  const known = new Map<string, { presence: Presence; heardAt: number }>()
  const listeners = new Set<(machineId: string) => void>()

  function move(machineId: string, sign: Sign): void {
    const before = known.get(machineId)?.presence ?? { kind: 'absent' }
    const presence = nextPresence(before, sign, now())
    if (presence.kind === 'absent') known.delete(machineId)
    else known.set(machineId, { presence, heardAt: now().getTime() })
    if (presence !== before) for (const listener of listeners) listener(machineId)
  }

  return {
    of: (machineId) => known.get(machineId)?.presence ?? { kind: 'absent' },
    sign: move,
    sweep() {
      for (const [machineId, { presence, heardAt }] of [...known]) {
        const allowedMs = presence.kind === 'present' ? agentSilenceMs : bootSilenceMs
        if (now().getTime() - heardAt > allowedMs) move(machineId, { kind: 'silence' })
      }
    },
    counts() {
      const counts = { absent: 0, booting: 0, present: 0 }
      for (const { presence } of known.values()) counts[presence.kind] += 1
      return counts
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
