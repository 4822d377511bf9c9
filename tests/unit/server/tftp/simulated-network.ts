import { begin, lastBlock, next } from '../../../../server/tftp/transfer.ts'
import type { Effect, Outcome, TransferEvent, TransferPlan } from '../../../../server/tftp/transfer.ts'

/** How a client answers a block out of turn: EDK2 at each one, atftp once per gap. */
export type ClientHabit = 'acks-each-stray' | 'acks-once-per-gap'

export type Weather = { loss: number; duplication: number; reordering: number; latencyMs: number; perBlockMs: number }

export const FAIR: Weather = { loss: 0, duplication: 0, reordering: 0, latencyMs: 0.2, perBlockMs: 0.012 }

/** mulberry32: the same seed gives the same weather. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

type Happening = { atMs: number; order: number; what: () => void }

/** What the client received in order, what the server sent for it, and when (in simulated time) it was over. */
export type Journey = { received: number; sent: number; outcome: Outcome | undefined; ms: number }

/** Plays a whole transfer against an RFC 7440 client over a network with bad weather, in virtual time. */
export function simulate(plan: TransferPlan, weather: Weather, habit: ClientHabit, seed: number): Journey {
  const random = seededRandom(seed)
  const agenda: Happening[] = []
  let now = 0
  let order = 0
  let lineFreeAt = 0
  const schedule = (atMs: number, what: () => void) => {
    agenda.push({ atMs, order: order++, what })
  }
  const carry = (busyMs: number, arrive: () => void) => {
    lineFreeAt = Math.max(now, lineFreeAt) + busyMs
    const copies = random() < weather.duplication ? 2 : 1
    for (let copy = 0; copy < copies; copy += 1) {
      if (random() < weather.loss) continue
      const detourMs = random() < weather.reordering ? random() * 4 * weather.latencyMs : 0
      schedule(lineFreeAt + weather.latencyMs + detourMs, arrive)
    }
  }

  const client = { received: -1, inWindow: 0, gapReported: false, heardAt: 0 }
  let sent = 0
  let watchedMs = Infinity
  let [state, effects] = begin(plan, 0)

  const acknowledge = () => {
    client.inWindow = 0
    const block = client.received & 0xffff
    carry(0, () => feed({ type: 'ack', block }))
  }
  const receive = (block: number) => {
    client.heardAt = now
    if (block !== client.received + 1) {
      if (habit === 'acks-each-stray' || !client.gapReported) acknowledge()
      client.gapReported = true
      return
    }
    client.received = block
    client.inWindow += 1
    client.gapReported = false
    if (block === 0 || client.inWindow === plan.windowBlocks || block === lastBlock(plan)) acknowledge()
  }
  const obey = (effect: Effect) => {
    if (effect.do === 'send-oack') carry(weather.perBlockMs, () => receive(0))
    if (effect.do !== 'send-blocks') return
    for (let block = effect.first; block < effect.first + effect.count; block += 1) {
      sent += 1
      carry(weather.perBlockMs, () => receive(block))
    }
  }
  const feed = (event: TransferEvent) => {
    ;[state, effects] = next(state, event, now)
    effects.forEach(obey)
    watch()
  }
  const watch = () => {
    if (state.phase === 'ended' || watchedMs <= state.deadlineMs) return
    watchedMs = state.deadlineMs
    schedule(watchedMs, () => {
      watchedMs = Infinity
      feed({ type: 'timeout' })
    })
  }
  // A client repeats its last ACK after a second of silence, and stays after the end to confirm it again.
  const nag = () => {
    if (state.phase === 'ended') return
    if (now - client.heardAt >= 1000 && client.received >= 0) acknowledge()
    schedule(now + 1000, nag)
  }

  effects.forEach(obey)
  watch()
  nag()
  for (let soonest = takeSoonest(agenda); soonest; soonest = takeSoonest(agenda)) {
    now = soonest.atMs
    soonest.what()
    if (state.phase === 'ended') break
  }
  return { received: client.received, sent, outcome: state.phase === 'ended' ? state.outcome : undefined, ms: now }
}

function takeSoonest(agenda: Happening[]): Happening | undefined {
  let best = 0
  for (let index = 1; index < agenda.length; index += 1) {
    const a = agenda[index]
    const b = agenda[best]
    if (a && b && (a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order))) best = index
  }
  return agenda.splice(best, 1)[0]
}
