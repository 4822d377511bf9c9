import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { UpdateKind } from '../../../tasksequences/steps/windows-update.ts'
import { Sentence } from '../../protocol/messages.ts'
import type { UpdateWishes } from './updates.ts'

/** What of the result of `windows-update` counts here; a result of another shape says nothing. */
const Left = Type.Object({
  left: Type.Array(
    Type.Object({
      title: Type.String(),
      kb: Type.Union([Type.String(), Type.Null()]),
      kind: Type.String(),
      reason: Type.String(),
      why: Type.Optional(Sentence),
    }),
  ),
})

/** Reasons that are a decision about one update; the others mean that it should have been installed, or say its kind. */
const decided: ReadonlySet<string> = new Set(['on-skip-list', 'wants-input', 'failed-twice', 'offered-again'])
/** Decisions that nobody has taken: the step has given up. */
const givenUpFor: ReadonlySet<string> = new Set(['failed-twice', 'offered-again'])
const notAskedFor = 'kind-not-included'

const allKinds: readonly UpdateKind[] = ['security', 'quality', 'drivers', 'optional']
const urgentKinds: readonly UpdateKind[] = ['security', 'quality']

/**
 * What the run asked of Windows Update, as the result of its step shows it: a kind it left alone was not asked for. A run
 * without the step: everything for a machine that is to be sold, and what is urgent for one from the shelf. A driver that
 * is given up is passed over; a security update is not. Pure.
 */
export function updateWishes(result: unknown, profile: 'ready-for-sale' | 'delivery'): UpdateWishes {
  if (!Value.Check(Left, result))
    return { kinds: profile === 'delivery' ? urgentKinds : allKinds, skipped: [], givenUp: [] }
  const unwanted = result.left.filter(({ reason }) => reason === notAskedFor).map(({ kind }) => kind)
  const skipped = result.left.filter(({ reason }) => decided.has(reason)).map(({ kb, title }) => kb ?? title)
  const givenUp = result.left
    .filter(({ kind, reason }) => kind === 'security' && givenUpFor.has(reason))
    .map(({ kb, title, why }) => ({ name: kb ?? title, ...(why === undefined ? {} : { why }) }))
  return { kinds: allKinds.filter((kind) => !unwanted.includes(kind)), skipped, givenUp }
}
