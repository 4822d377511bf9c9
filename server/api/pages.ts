import { Type } from 'typebox'
import { WholeNumber } from './parameters.ts'

/** What every list takes: where it goes on (the `next` of the page before) and how much of it. */
export const PageQuery = {
  after: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T[\\d:.]{8,15}Z~[\\w.-]{1,128}$' })),
  limit: Type.Optional(WholeNumber),
}
type PageQuery = { after?: string; limit?: string }

/** A page and where the next one begins. */
export type Page<T> = { items: T[]; next: string | null }

/** The last thing of a page: lists are sorted by a time and, within one moment, by id. */
export type Mark = { at: string; id: string }

/** A mark as the `next` of its page. */
export function nextFrom({ at, id }: Mark): string {
  return `${at}~${id}`
}

/** Where a list goes on; null for its beginning. */
export function markOf({ after }: PageQuery): Mark | null {
  const [at, id] = after?.split('~') ?? []
  return at === undefined || id === undefined ? null : { at, id }
}

/** How much is asked for, within what a list gives at once: nobody else has a turn while a page is made. */
export function limitOf({ limit }: PageQuery, most: number): number {
  return Math.max(1, Math.min(most, Number(limit ?? most)))
}
