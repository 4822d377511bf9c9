import type { PresenceTracker, PresenceSignal } from '../machines/presence.ts'
import type { Register } from '../machines/register.ts'
import type { Requester } from './requester.ts'
import type { BootTrace, TraceEntry } from './trace.ts'

type Stage = Extract<PresenceSignal, { kind: 'boot' }>['doing']

/** How far machines are on the way from power-on to the agent, by what they ask for. */
export type BootProgress = {
  /**
   * Adds an entry to the trace of whoever asks; `stage` also moves the presence of a machine that is known. Returns at
   * once: a client of DHCP, TFTP or HTTP must not wait for the database.
   */
  record(requester: Requester, entry: Omit<TraceEntry, 'at'>, stage?: Stage): void
}

/** @param services `onError` hears when the machine behind a requester could not be looked up. */
export function createBootProgress(services: {
  trace: BootTrace
  presence: PresenceTracker
  register: Pick<Register, 'find'>
  onError: (error: unknown, mac: string) => void
}): BootProgress {
  const { trace, presence, register, onError } = services
  return {
    record(requester, entry, stage) {
      trace.add(requester, entry)
      if (stage === undefined) return
      register.find(requester).then(
        (machine) => machine && presence.signal(machine.id, { kind: 'boot', doing: stage }),
        (error: unknown) => onError(error, requester.mac),
      )
    },
  }
}
