import type { PresenceBoard, Sign } from '../live/presence.ts'
import type { Register } from '../machines/register.ts'
import type { BootTrace, TraceEntry } from './trace.ts'

type Stage = Extract<Sign, { kind: 'boot' }>['doing']

/** Somebody asked for something on the way from power-on to the agent. */
export type Sightings = {
  /**
   * Writes it to the machine's trace; `stage` moves the card of a machine that is known. Returns at once: whoever asked
   * must not wait for the database.
   */
  saw(mac: string, words: Omit<TraceEntry, 'at'>, stage?: Stage): void
}

/** @param services `onError` hears when the machine behind a MAC address could not be looked up. */
export function createSightings(services: {
  trace: BootTrace
  presence: PresenceBoard
  register: Pick<Register, 'find'>
  onError: (error: unknown, mac: string) => void
}): Sightings {
  const { trace, presence, register, onError } = services
  return {
    saw(mac, words, stage) {
      trace.add(mac, words)
      if (stage === undefined) return
      register.find({ uuid: null, mac }).then(
        (machine) => machine && presence.sign(machine.id, { kind: 'boot', doing: stage }),
        (error: unknown) => onError(error, mac),
      )
    },
  }
}
