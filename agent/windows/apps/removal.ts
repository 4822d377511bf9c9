import { Type, type Static } from 'typebox'
import { DebloatKind, isProtected, type DebloatItem, type DebloatProfile } from '../../../images/debloat/profile.ts'

export type ItemKind = DebloatItem['kind']

/** In the order they are removed: apps first, since features may want a restart. */
export const itemKinds: readonly ItemKind[] = ['appx', 'onedrive', 'capability', 'feature']

/** What became of one item. */
export const RemovedItem = Type.Object({
  kind: DebloatKind,
  name: Type.String(),
  outcome: Type.Union([
    Type.Literal('removed'),
    /** It was not there. */
    Type.Literal('absent'),
    /** Windows needs it; no profile may take it. */
    Type.Literal('protected'),
    Type.Literal('failed'),
  ]),
  /** Windows' own words for what failed. */
  words: Type.Optional(Type.String()),
})
export type RemovedItem = Static<typeof RemovedItem>

/** One script's line about one item. */
export const ItemNews = Type.Object({
  name: Type.String(),
  outcome: Type.Union([Type.Literal('removed'), Type.Literal('absent'), Type.Literal('failed')]),
  words: Type.String(),
})
export type ItemNews = Static<typeof ItemNews>

/** What a script of one kind has to do, and what stays in spite of the profile. Pure. */
export function planOf({ items }: DebloatProfile): { wanted: DebloatItem[]; kept: RemovedItem[] } {
  const kept = items.filter(({ name }) => isProtected(name))
  return {
    wanted: items.filter((one) => !kept.includes(one)),
    kept: kept.map(({ kind, name }) => ({ kind, name, outcome: 'protected' })),
  }
}

/** What a script reported of its items; one it never came to has failed, for the reason it ended. Pure. */
export function outcomesOf(wanted: readonly DebloatItem[], news: readonly ItemNews[], reason: string): RemovedItem[] {
  return wanted.map(({ kind, name }) => {
    const told = news.find((one) => one.name.toLowerCase() === name.toLowerCase())
    if (told === undefined) return { kind, name, outcome: 'failed', words: reason }
    return told.outcome === 'failed'
      ? { kind, name, outcome: 'failed', words: told.words.slice(0, 1000) }
      : { kind, name, outcome: told.outcome }
  })
}

/**
 * Nothing of what was tried worked: then it is not this app or that one, and going on would sell the machine as it came.
 * Single failures are named in the result, and the check at the end looks for each of them. Pure.
 */
export function isHopeless(items: readonly RemovedItem[]): boolean {
  const tried = items.filter(({ outcome }) => outcome !== 'protected')
  return tried.length > 0 && tried.every(({ outcome }) => outcome === 'failed')
}
