import { claimIdOf, worthOf, type Arrived, type Circumstances, type Claim } from './claim.ts'

/** Who has a machine's place: its run's work and files are for that one alone. */
export type Seat =
  | { kind: 'free' }
  /** `leaving`: it has said that it restarts or switches off. */
  | { kind: 'held'; claim: Claim; leaving: boolean }
  /** Several of the same worth speak at once: nobody has it until a person says which one is the machine. */
  | { kind: 'disputed'; claims: readonly Claim[] }

export type Claims = {
  seat: Seat
  /** They may ask for work and get none; one of them follows when the holder falls silent. */
  waiting: readonly Claim[]
  /** Boot ids of those who spoke at the same time as the machine itself: they are not it. */
  refused: readonly string[]
}

export type ClaimEvent =
  | { kind: 'hello'; claim: Arrived }
  | { kind: 'heard'; bootId: string; address: string }
  /** The agent restarts the machine or switches it off. */
  | { kind: 'leaving'; bootId: string }
  | { kind: 'time' }

export type Patience = {
  /** After so long without a word from it the holder has gone: power cut, restart, cable. */
  silenceMs: number
  /**
   * Two that are both heard so long after the later one's hello are two computers. A machine that restarts says nothing
   * between its last word and its next hello, which are further apart than any request is under way.
   */
  overlapMs: number
}

export const noClaims: Claims = { seat: { kind: 'free' }, waiting: [], refused: [] }

const mostWaiting = 8
const mostRefused = 32

/** Those in the seat, or who dispute it. */
export function seated({ seat }: Claims): readonly Claim[] {
  if (seat.kind === 'held') return [seat.claim]
  return seat.kind === 'disputed' ? seat.claims : []
}

function heard(claim: Claim, { bootId, address }: { bootId: string; address: string }, atMs: number): Claim {
  return claim.bootId === bootId ? { ...claim, address, heardAtMs: atMs } : claim
}

function withSeat(claims: Claims, change: (claim: Claim) => Claim): Claims {
  const { seat } = claims
  if (seat.kind === 'held') return { ...claims, seat: { ...seat, claim: change(seat.claim), leaving: false } }
  return seat.kind === 'disputed' ? { ...claims, seat: { ...seat, claims: seat.claims.map(change) } } : claims
}

function onHello(claims: Claims, claim: Claim): Claims {
  const { bootId } = claim
  // The first hello of a start counts: by saying it again nobody becomes newer than he is.
  const renewed = (one: Claim): Claim => (one.bootId === bootId ? { ...claim, helloAtMs: one.helloAtMs } : one)
  if (seated(claims).some((one) => one.bootId === bootId)) return withSeat(claims, renewed)
  if (claims.refused.includes(bootId)) return claims
  if (claims.waiting.some((one) => one.bootId === bootId)) return { ...claims, waiting: claims.waiting.map(renewed) }
  return { ...claims, waiting: [...claims.waiting, claim] }
}

function onEvent(claims: Claims, event: ClaimEvent, atMs: number): Claims {
  const { seat, waiting } = claims
  switch (event.kind) {
    case 'hello':
      return onHello(claims, { ...event.claim, helloAtMs: atMs, heardAtMs: atMs })
    case 'heard': {
      const isSeated = seated(claims).some(({ bootId }) => bootId === event.bootId)
      if (isSeated) return withSeat(claims, (one) => heard(one, event, atMs))
      return { ...claims, waiting: waiting.map((one) => heard(one, event, atMs)) }
    }
    case 'leaving':
      if (seat.kind !== 'held' || seat.claim.bootId !== event.bootId) return claims
      return { ...claims, seat: { ...seat, leaving: true } }
    case 'time':
      return claims
  }
}

function refusing(claims: Claims, others: readonly Claim[]): Claims {
  const bootIds = others.map(({ bootId }) => bootId)
  return {
    ...claims,
    waiting: claims.waiting.filter(({ bootId }) => !bootIds.includes(bootId)),
    refused: [...claims.refused, ...bootIds].slice(-mostRefused),
  }
}

/** The seat goes to this one; whoever had it is gone. */
function takenBy(claims: Claims, claim: Claim): Claims {
  const waiting = claims.waiting.filter(({ bootId }) => bootId !== claim.bootId)
  return { ...claims, seat: { kind: 'held', claim, leaving: false }, waiting }
}

/** The surest of those who wait, and of these the one that came first. */
function bestOf(waiting: readonly Claim[], { wants }: Circumstances): Claim | undefined {
  return waiting.toSorted((a, b) => worthOf(b, wants) - worthOf(a, wants) || a.helloAtMs - b.helloAtMs)[0]
}

function settleDispute(claims: Claims, among: readonly Claim[], now: Circumstances, patience: Patience): Claims {
  const chosen = among.find((one) => claimIdOf(one) === now.chosen)
  if (chosen !== undefined)
    return refusing(
      takenBy(claims, chosen),
      among.filter((one) => one !== chosen),
    )
  const best = bestOf(claims.waiting, now)
  if (best !== undefined && among.every((one) => worthOf(best, now.wants) > worthOf(one, now.wants)))
    return refusing(takenBy(claims, best), among)
  // Without a run there is nothing to decide: the machine is whichever is left.
  const alive = among.filter(({ heardAtMs }) => now.atMs - heardAtMs <= patience.silenceMs)
  if (now.wants !== null || alive.length > 1) return claims
  const [last] = alive
  return last === undefined ? { ...claims, seat: { kind: 'free' } } : takenBy(claims, last)
}

/** Those who wait and have spoken at the same time as the holder. */
function rivals({ waiting }: Claims, holder: Claim, { overlapMs }: Patience): Claim[] {
  return waiting.filter(({ helloAtMs, heardAtMs }) => Math.min(holder.heardAtMs, heardAtMs) - helloAtMs >= overlapMs)
}

function settleHeld(
  claims: Claims,
  { claim: holder, leaving }: Extract<Seat, { kind: 'held' }>,
  now: Circumstances,
  patience: Patience,
): Claims {
  const worth = worthOf(holder, now.wants)
  const best = bestOf(claims.waiting, now)
  if (best !== undefined && worthOf(best, now.wants) > worth) return takenBy(claims, best)
  const others = rivals(claims, holder, patience)
  const equals = others.filter((one) => worthOf(one, now.wants) === worth)
  const isTrusted = claimIdOf(holder) === now.chosen
  if (!isTrusted && equals.length > 0) {
    const waiting = claims.waiting.filter((one) => !equals.includes(one))
    const disputed: Claims = { ...claims, waiting, seat: { kind: 'disputed', claims: [holder, ...equals] } }
    return settleDispute(disputed, [holder, ...equals], now, patience)
  }
  const left = refusing(claims, others)
  const follower = bestOf(left.waiting, now)
  const isGone = leaving || now.atMs - holder.heardAtMs > patience.silenceMs
  return follower !== undefined && isGone ? takenBy(left, follower) : left
}

/** Of too many, those who have only said hello go first. */
function fewest(waiting: readonly Claim[]): readonly Claim[] {
  if (waiting.length <= mostWaiting) return waiting
  const spoke = ({ heardAtMs, helloAtMs }: Claim): number => Number(heardAtMs > helloAtMs)
  return waiting.toSorted((a, b) => spoke(a) - spoke(b)).slice(-mostWaiting)
}

function settled(claims: Claims, now: Circumstances, patience: Patience): Claims {
  const isThere = ({ heardAtMs }: Claim): boolean => now.atMs - heardAtMs <= patience.silenceMs
  const present: Claims = { ...claims, waiting: fewest(claims.waiting.filter(isThere)) }
  const { seat } = present
  if (seat.kind === 'held') return settleHeld(present, seat, now, patience)
  const decided = seat.kind === 'disputed' ? settleDispute(present, seat.claims, now, patience) : present
  const first = bestOf(decided.waiting, now)
  return decided.seat.kind === 'free' && first !== undefined ? takenBy(decided, first) : decided
}

/**
 * Who is the machine, after an event. A claim that is worth nothing is not to be told here. Whoever comes while the
 * holder is alive waits and changes nothing; the surer one goes first; two of the same worth who both go on speaking are
 * two computers, and a person decides. Pure and total.
 */
export function nextClaims(claims: Claims, event: ClaimEvent, now: Circumstances, patience: Patience): Claims {
  return settled(onEvent(claims, event, now.atMs), now, patience)
}

/** Where one of them stands. */
export type Standing = 'holds' | 'waits' | 'disputes' | 'unknown'

export function standingOf(claims: Claims, bootId: string): Standing {
  const is = (one: Claim): boolean => one.bootId === bootId
  if (seated(claims).some(is)) return claims.seat.kind === 'held' ? 'holds' : 'disputes'
  return claims.waiting.some(is) || claims.refused.includes(bootId) ? 'waits' : 'unknown'
}
