import { createAnnouncements } from '../../events/announcements.ts'
import type { Arrived, Circumstances, Claim } from './claim.ts'
import { nextClaims, noClaims, seated, standingOf } from './claims.ts'
import type { ClaimEvent, Claims, Patience, Standing } from './claims.ts'

export type ClaimKeeper = {
  /** A start of the machine says hello. */
  hello(machineId: string, claim: Arrived): Promise<Standing>
  /** One that has said hello speaks again. */
  heard(machineId: string, from: { bootId: string; address: string }): Promise<Standing>
  leaving(machineId: string, bootId: string): Promise<void>
  /** Without telling that anybody has spoken. */
  standing(machineId: string, bootId: string): Promise<Standing>
  /** The boot id of the one that has the seat. */
  holder(machineId: string): Promise<string | null>
  /** How many wait. */
  waiting(machineId: string): number
  /** Those between whom a person has to decide; empty for a machine with one claim or none. */
  disputed(machineId: string): readonly Claim[]
  /** Looks who fell silent; called by the owner's timer. */
  sweep(): Promise<void>
  /** The machine is no more. */
  forget(machineId: string): void
  onChange(listener: (machineId: string) => void): () => void
}

export type ClaimKeeperDependencies = {
  /** Who had the seat when the server was last there; null for nobody. */
  lastHolder(machineId: string): Promise<Pick<Claim, 'bootId' | 'phase' | 'proven'> | null>
  circumstances(machineId: string): Promise<Omit<Circumstances, 'atMs'>>
  /** The seat is another's from now on: every session but this one's ends. Null: nobody has it. */
  onSeat(machineId: string, bootId: string | null): Promise<void>
  /** These spoke at the same time as the machine: they are not it. */
  onRefused(machineId: string, claims: readonly Claim[]): void
  /** Several claim to be the machine, and go on doing so. */
  onDispute(machineId: string, claims: readonly Claim[]): Promise<void>
  /** Milliseconds of a clock that never goes back. */
  nowMs: () => number
  patience: Patience
}

/** Keeps the claims of every machine in memory; after a restart of the server the last holder is awaited for a while. */
export function createClaimKeeper(dependencies: ClaimKeeperDependencies): ClaimKeeper {
  const { lastHolder, circumstances, onSeat, onRefused, onDispute, nowMs, patience } = dependencies
  const startedAtMs = nowMs()
  const known = new Map<string, Claims>()
  const changes = createAnnouncements<[string]>()

  const load = async (machineId: string): Promise<void> => {
    if (known.has(machineId)) return
    const last = await lastHolder(machineId)
    if (known.has(machineId)) return
    const claim = last && { ...last, address: '', helloAtMs: startedAtMs, heardAtMs: startedAtMs }
    known.set(machineId, claim === null ? noClaims : { ...noClaims, seat: { kind: 'held', claim, leaving: false } })
  }

  const take = async (machineId: string, event: ClaimEvent): Promise<Claims> => {
    await load(machineId)
    const now = await circumstances(machineId)
    // From here to the writing back nothing may be awaited: another event would be lost.
    const before = known.get(machineId) ?? noClaims
    const after = nextClaims(before, event, { ...now, atMs: nowMs() }, patience)
    known.set(machineId, after)
    const [was, is] = [holderOf(before), holderOf(after)]
    const there = [...seated(before), ...before.waiting]
    const refused = there.filter((one) => isRefused(after, one) && !isRefused(before, one))
    if (refused.length > 0) onRefused(machineId, refused)
    if (was !== is) await onSeat(machineId, is)
    if (after.seat.kind === 'disputed' && before.seat.kind !== 'disputed') await onDispute(machineId, after.seat.claims)
    if (was !== is || after.seat.kind !== before.seat.kind) changes.announce(machineId)
    return after
  }

  return {
    hello: async (machineId, claim) => standingOf(await take(machineId, { kind: 'hello', claim }), claim.bootId),
    heard: async (machineId, { bootId, address }) => {
      await load(machineId)
      const before = known.get(machineId) ?? noClaims
      const { seat } = before
      const isAlone = seat.kind === 'held' && seat.claim.bootId === bootId && before.waiting.length === 0
      // The usual case by far, at every report: nobody else is there, so nothing has to be asked of anybody.
      if (isAlone) {
        const claim = { ...seat.claim, address, heardAtMs: nowMs() }
        known.set(machineId, { ...before, seat: { kind: 'held', claim, leaving: false } })
        return 'holds'
      }
      return standingOf(await take(machineId, { kind: 'heard', bootId, address }), bootId)
    },
    leaving: async (machineId, bootId) => void (await take(machineId, { kind: 'leaving', bootId })),
    standing: async (machineId, bootId) => {
      await load(machineId)
      return standingOf(known.get(machineId) ?? noClaims, bootId)
    },
    holder: async (machineId) => {
      await load(machineId)
      return holderOf(known.get(machineId) ?? noClaims)
    },
    waiting: (machineId) => known.get(machineId)?.waiting.length ?? 0,
    disputed: (machineId) => {
      const claims = known.get(machineId) ?? noClaims
      return claims.seat.kind === 'disputed' ? seated(claims) : []
    },
    sweep: async () => {
      for (const [machineId, { seat, waiting }] of [...known])
        if (waiting.length > 0 || seat.kind === 'disputed') await take(machineId, { kind: 'time' })
    },
    forget: (machineId) => {
      known.delete(machineId)
      changes.announce(machineId)
    },
    onChange: changes.add,
  }
}

function isRefused({ refused }: Claims, { bootId }: Claim): boolean {
  return refused.includes(bootId)
}

function holderOf({ seat }: Claims): string | null {
  return seat.kind === 'held' ? seat.claim.bootId : null
}
