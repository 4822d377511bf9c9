import type { Inf } from '../../../images/inf/read-inf.ts'
import type { ReportedDevice } from './problem-devices.ts'

/** Every id an INF serves, in upper case; for whatever Windows, since which section it took is not known here. Pure. */
export function servedIds({ manufacturers, componentIds }: Inf): Set<string> {
  const models = manufacturers.flatMap(({ sections }) => sections.flatMap((section) => section.models))
  const ids = models.flatMap(({ hardwareId, compatibleIds }) => [
    ...(hardwareId === null ? [] : [hardwareId]),
    ...compatibleIds,
  ])
  return new Set([...ids, ...componentIds].map((id) => id.toUpperCase()))
}

/** An INF that could not be installed, and what it would have served. */
export type FailedInf = { pack: string; inf: string; code: number | null; serves: ReadonlySet<string> }

/**
 * The first INF whose failure shows: a device it would serve has a problem still. A pack holds drivers for other models
 * and older Windows, too, and one of those that does not install harms nobody. Pure.
 */
export function blameOf(
  failed: readonly FailedInf[],
  problems: readonly ReportedDevice[],
): { inf: FailedInf; device: ReportedDevice } | null {
  for (const inf of failed) {
    const device = problems.find(({ hardwareIds, compatibleIds }) =>
      [...hardwareIds, ...compatibleIds].some((id) => inf.serves.has(id.toUpperCase())),
    )
    if (device !== undefined) return { inf, device }
  }
  return null
}
