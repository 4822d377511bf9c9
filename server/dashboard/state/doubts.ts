import type { DoubtView, MachineSummary } from '../../api/machines/schema.ts'

/** One of the two that may be one machine, as both sides describe it. */
export type Candidate = DoubtView['other']

export type OpenDoubt = Pick<DoubtView, 'reason' | 'message' | 'fix'> & {
  key: string
  candidates: [Candidate, Candidate]
}

/** A machine's doubts, the one that was seen first on the left: it is most often the record to keep. */
export function doubtsOf(machine: MachineSummary): OpenDoubt[] {
  return machine.doubts.map(({ other, reason, message, fix }) => {
    const both: [Candidate, Candidate] = [machine, other]
    if (other.firstSeenAt < machine.firstSeenAt) both.reverse()
    return { key: [machine.id, other.id].sort().join(' '), reason, message, fix, candidates: both }
  })
}

/** What is to be decided about some machines, each pair once. */
export function openDoubts(machines: readonly MachineSummary[]): OpenDoubt[] {
  return [...new Map(machines.flatMap(doubtsOf).map((doubt) => [doubt.key, doubt])).values()]
}

/** Texts of one trait that both candidates have: those do not tell them apart. */
export function sharedOf(a: readonly string[], b: readonly string[]): ReadonlySet<string> {
  const others = new Set(b.map((text) => text.toLowerCase()))
  return new Set(a.filter((text) => others.has(text.toLowerCase())))
}
