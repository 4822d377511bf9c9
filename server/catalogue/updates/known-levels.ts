import type { PinnedLevel } from '../../../agent/protocol/materials.ts'
import { highest } from '../../../images/updates/builds.ts'
import { unfitFor } from '../../../images/updates/fit.ts'
import type { UpdateEntry } from './updates.ts'

type Known = Pick<UpdateEntry, 'id' | 'title' | 'target' | 'builds' | 'problems'>

/**
 * The revision that the shop's update packages bring each build to, as far as their names tell it: what a check may expect of
 * a Windows of that build, whichever step has brought it there. Pure.
 */
export function knownLevels(updates: readonly Known[]): PinnedLevel[] {
  const levels = updates
    .filter(({ problems }) => problems.length === 0)
    .flatMap(({ id, title, target, builds }) =>
      builds
        .filter(({ build }) => unfitFor(target, build) === null)
        .map(({ build, revision }) => ({ build, revision, id: id.slice(0, 128), title: title.slice(0, 256) })),
    )
  return highest(levels)
}
