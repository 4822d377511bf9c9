/** A machine that only ever said hello: nobody named it, no run had it, no person moved its record. */
export type Untouched = { id: string; lastSeenAt: Date }

export type UntouchedLimits = {
  /** More than a workshop takes in at once; enough that a flood of invented machines stays small. */
  most: number
  /** A machine nobody has done anything with is met anew when it comes back. */
  longestUnseenMs: number
}

export const usualLimits: UntouchedLimits = { most: 500, longestUnseenMs: 30 * 24 * 3600_000 }

/**
 * Which of them to forget: those unseen for too long, and of too many the ones unseen longest. One that is there now
 * stays. Pure.
 */
export function surplus(
  untouched: readonly Untouched[],
  { at, isAbsent, limits }: { at: Date; isAbsent: (id: string) => boolean; limits: UntouchedLimits },
): string[] {
  const tooMany = Math.max(0, untouched.length - limits.most)
  return untouched
    .filter(({ id }) => isAbsent(id))
    .toSorted((a, b) => a.lastSeenAt.getTime() - b.lastSeenAt.getTime())
    .filter(({ lastSeenAt }, index) => index < tooMany || at.getTime() - lastSeenAt.getTime() > limits.longestUnseenMs)
    .map(({ id }) => id)
}
