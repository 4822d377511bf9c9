import type { BootStage } from '../machines/boot-stage.ts'
import type { PresenceTracker } from '../machines/presence.ts'
import type { Register } from '../machines/register.ts'
import type { Machine } from '../machines/machine.ts'
import type { AddressBook } from './addresses.ts'
import type { CardUsers } from './card-users.ts'
import type { Requester } from './requester.ts'
import type { Newcomer, Newcomers } from './newcomers.ts'
import type { BootTrace, TraceEntry } from './trace.ts'

/** How far machines are on the way from power-on to the agent, by what they ask for. */
export type BootProgress = {
  /**
   * Adds an entry to the trace of whoever asks; `stage` also moves the presence of a machine that is known. One that is
   * not, and boots, is a newcomer. Returns at once: a client of DHCP, TFTP or HTTP must not wait for the database.
   */
  record(requester: Requester, entry: Omit<TraceEntry, 'at'>, stage?: BootStage): void
}

/** @param services `onError` hears when the machine behind a requester could not be looked up. */
export function createBootProgress(services: {
  trace: BootTrace
  presence: PresenceTracker
  register: Pick<Register, 'find'>
  newcomers: Pick<Newcomers, 'noted' | 'met'>
  addresses: Pick<AddressBook, 'addressOf'>
  cards: Pick<CardUsers, 'has'>
  /** Hears of a newcomer that says something new, for the log. */
  onNewcomer: (newcomer: Newcomer) => void
  onError: (error: unknown, mac: string) => void
}): BootProgress {
  const { trace, presence, register, newcomers, addresses, cards, onError } = services

  function told(machine: Machine | null, requester: Requester, entry: Omit<TraceEntry, 'at'>, stage?: BootStage): void {
    if (machine !== null) {
      newcomers.met(requester.mac)
      // What firmware is refused leaves it standing still: its card says why.
      if (stage === 'dhcp' && entry.outcome === 'refused') {
        presence.signal(machine.id, { kind: 'refused', reason: entry.text })
      } else if (stage !== undefined) presence.signal(machine.id, { kind: 'boot', doing: stage })
      return
    }
    // A phone or a Windows that declines an address boots nothing here.
    if (!cards.has(requester.mac)) return
    const { protocol, text, outcome } = entry
    const address = addresses.addressOf(requester.mac)
    const news = newcomers.noted({ ...requester, address }, { protocol, text, outcome }, stage)
    if (news !== null) services.onNewcomer(news)
  }

  return {
    record(requester, entry, stage) {
      trace.add(requester, entry)
      register.find(requester).then(
        (machine) => told(machine, requester, entry, stage),
        (error: unknown) => onError(error, requester.mac),
      )
    },
  }
}
