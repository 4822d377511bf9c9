/**
 * Lets pieces of work in one after the other, in the order they came: a decision that reads before it writes must not
 * meet another one in between.
 */
export function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = last.then(work, work)
    // Whoever waits behind is not concerned by how this one ended; its own caller is told.
    last = turn.then(
      () => undefined,
      () => undefined,
    )
    return turn
  }
}
