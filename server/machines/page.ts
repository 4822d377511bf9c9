import type { Machine } from './machine.ts'

type Listed = Pick<Machine, 'id' | 'firstSeenAt'>

/** Where a machine stands in lists: by when it was first seen, which never changes. */
function placeOf({ firstSeenAt, id }: Listed): string {
  return `${firstSeenAt.toISOString()} ${id}`
}

/** So many machines in the order they came, from after the one named on, and whether there are more. Pure. */
export function pageOf<M extends Listed>(
  machines: readonly M[],
  { after, limit }: { after: { at: string; id: string } | null; limit: number },
): { page: M[]; more: boolean } {
  const from = after === null ? '' : `${after.at} ${after.id}`
  const following = machines
    .map((machine) => ({ machine, place: placeOf(machine) }))
    .filter(({ place }) => place > from)
    .sort((a, b) => (a.place < b.place ? -1 : 1))
  return { page: following.slice(0, limit).map(({ machine }) => machine), more: following.length > limit }
}
