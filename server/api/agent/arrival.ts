import type { Hello, Welcome } from '../../../agent/protocol/messages.ts'
import type { Standing } from '../../machines/claims/claims.ts'
import type { ClaimKeeper } from '../../machines/claims/keeper.ts'
import type { Strangers } from '../../machines/claims/strangers.ts'
import { labelOf, type Machine } from '../../machines/machine.ts'
import type { PresenceTracker } from '../../machines/presence.ts'
import type { Meeting, Register } from '../../machines/register.ts'
import type { AddressBook } from '../../netboot/addresses.ts'
import type { CardUsers } from '../../netboot/card-users.ts'
import type { Newcomers } from '../../netboot/newcomers.ts'
import { agentHelloMessage } from '../../netboot/trace-messages.ts'
import type { BootTrace } from '../../netboot/trace.ts'
import type { AgentKeys } from './agent-keys.ts'
import { requestRefusal } from '../messages.ts'
import type { FirstHellos } from './first-hellos.ts'
import type { RunTokens } from './run-tokens.ts'
import type { AgentSessions } from './sessions.ts'

export type ArrivalDependencies = {
  register: Pick<Register, 'get' | 'meet' | 'recognise'>
  claims: Pick<ClaimKeeper, 'hello' | 'holder' | 'waiting'>
  strangers: Pick<Strangers, 'note'>
  firstHellos: FirstHellos
  sessions: Pick<AgentSessions, 'open' | 'keep'>
  runTokens: Pick<RunTokens, 'forgetEnded'>
  agentKeys: Pick<AgentKeys, 'machineOf'>
  presence: Pick<PresenceTracker, 'signal'>
  trace: Pick<BootTrace, 'add'>
  addresses: AddressBook
  cards: CardUsers
  newcomers: Pick<Newcomers, 'met'>
  publicUrl: () => string
  language: Welcome['locale']
  now: () => Date
  /** Hears of a meeting that leaves something to decide, or taught what says nothing, for the log. */
  onMeeting: (meeting: Meeting) => void
  /** Hears of a Windows that shows no key of this machine, once for each address, for the log. */
  onUnproven: (machine: Machine, address: string) => void
}

type Arrival = { hello: Hello; address: string; proven: boolean }

/** Where a hello stands; `unproven`: a Windows without its key, which is worth nothing. */
type HelloStanding = Standing | 'unproven'

/**
 * Takes a machine in: recognises it, opens its session. A hello that does not get the machine's place changes nothing of
 * it, its inventory and its presence included: UUID and MAC addresses, which name a machine, are no secrets.
 */
export function createArrival(dependencies: ArrivalDependencies): (hello: Hello, address: string) => Promise<Welcome> {
  const { register, claims, sessions, now } = dependencies

  const admitFirst = (hello: Hello): void => {
    const seconds = dependencies.firstHellos.admit(JSON.stringify(hello.inventory).length)
    if (seconds > 0) throw requestRefusal('TOO_MANY_REQUESTS', { seconds })
  }

  const standingOf = async (machine: Machine, { hello, address, proven }: Arrival): Promise<HelloStanding> => {
    const { bootId, phase } = hello
    if (phase === 'windows' && !proven) return 'unproven'
    return claims.hello(machine.id, { bootId, phase, proven, address })
  }

  const welcome = (machine: Machine, { hello, proven }: Arrival, met: boolean): Welcome => {
    const at = now()
    const { token } = sessions.open(machine.id, hello, { proven, met })
    return {
      machineId: machine.id,
      session: token,
      code: machine.code,
      label: labelOf(machine),
      pageUrl: `${dependencies.publicUrl()}/machines/${machine.id}`,
      locale: dependencies.language,
      clock: { at: at.toISOString(), utcOffsetMinutes: -at.getTimezoneOffset() },
    }
  }

  const trace = (machine: Machine, { hello, address }: Arrival, message: ReturnType<typeof agentHelloMessage>) => {
    const interfaces = hello.inventory.networkInterfaces
    const card = interfaces.find((each) => each.address?.split('/')[0] === address) ?? interfaces[0]
    if (card === undefined) return
    // Under a card of its own where it has one: the dock it speaks through is not what it is known by.
    const mac = machine.macs.includes(card.mac.toLowerCase()) ? card.mac : (machine.macs[0] ?? card.mac)
    dependencies.trace.add({ mac, uuid: machine.uuid }, message)
  }

  const turnAway = (machine: Machine, arrival: Arrival, standing: Exclude<HelloStanding, 'holds'>): Welcome => {
    const { hello, address } = arrival
    const isNews =
      standing === 'unproven'
        ? dependencies.strangers.note(machine.id, { address, phase: hello.phase })
        : claims.waiting(machine.id) === 1
    if (isNews) trace(machine, arrival, agentHelloMessage({ hello, isNew: false, replaced: false, standing }))
    if (isNews && standing === 'unproven') dependencies.onUnproven(machine, address)
    return welcome(machine, arrival, false)
  }

  const takeIn = (machine: Machine, arrival: Arrival, news: { isNew: boolean; replaced: boolean }): void => {
    const { hello, address } = arrival
    const interfaces = hello.inventory.networkInterfaces
    const card = interfaces.find((each) => each.address?.split('/')[0] === address) ?? interfaces[0]
    if (card !== undefined) {
      dependencies.addresses.learn(address, card.mac)
      dependencies.cards.noted(card.mac, machine.uuid)
    }
    for (const { mac } of interfaces) dependencies.newcomers.met(mac)
    trace(machine, arrival, agentHelloMessage({ hello, ...news, standing: 'holds' }))
    dependencies.presence.signal(machine.id, { kind: 'agent', phase: hello.phase, address })
  }

  return async (hello, address) => {
    const keyOf = hello.phase === 'windows' ? await dependencies.agentKeys.machineOf(hello.key) : null
    const seen = await register.recognise(hello.inventory)
    // Where its hardware is nobody's for sure, a key still says whose Windows it is: what the agent was once told of the
    // machine is not so any more after a firmware update. It says nothing against the hardware of another machine.
    const known = seen === null && keyOf !== null ? await register.get(keyOf) : seen
    const proven = known !== null && known.id === keyOf
    if (known === null) admitFirst(hello)
    const arrival: Arrival = { hello, address, proven }
    const before = known === null ? null : await claims.holder(known.id)
    const standing = known === null ? 'holds' : await standingOf(known, arrival)
    if (known !== null && standing !== 'holds') return turnAway(known, arrival, standing)
    const meeting = await register.meet(hello.inventory, now(), hello.phase, proven ? keyOf : null)
    const { machine, isNew } = meeting
    dependencies.onMeeting(meeting)
    // Only now is there a machine to be, or it turned out to be another one than a moment ago.
    const settled = machine.id === known?.id ? standing : await standingOf(machine, arrival)
    if (settled !== 'holds') return turnAway(machine, arrival, settled)
    const answer = welcome(machine, arrival, true)
    await sessions.keep(machine.id, hello.bootId)
    await dependencies.runTokens.forgetEnded(machine.id)
    takeIn(machine, arrival, { isNew, replaced: before !== null && before !== hello.bootId })
    return answer
  }
}
