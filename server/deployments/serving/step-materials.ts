import { noMaterials, type Materials, type PinnedSoftware } from '../../../agent/protocol/materials.ts'
import { stepDefinition, takesOf } from '../../../tasksequences/steps/definitions.ts'
import type { RunStep } from '../run/run.ts'

type Step = Pick<RunStep, 'type' | 'input'>

/** The packages and all they need, in the order of the run, which has what a package needs before it. */
function withNeeds(ids: readonly string[], software: readonly PinnedSoftware[]): PinnedSoftware[] {
  const wanted = new Set<string>()
  const ahead = [...ids]
  for (let id = ahead.pop(); id !== undefined; id = ahead.pop()) {
    if (wanted.has(id)) continue
    wanted.add(id)
    ahead.push(...(software.find((one) => one.id === id)?.manifest.needs ?? []))
  }
  return software.filter(({ id }) => wanted.has(id))
}

/** The run's software as a check expects it: a shortcut that no step was to make is not looked for. */
function asPromised(software: readonly PinnedSoftware[], steps: readonly Step[]): PinnedSoftware[] {
  const shown = new Set(steps.flatMap(({ type, input }) => stepDefinition(type)?.desktopShortcuts(input) ?? []))
  return software.map((one) => {
    if (shown.has(one.id)) return one
    const { shortcut: _, ...manifest } = one.manifest
    return { ...one, manifest }
  })
}

/**
 * The part of the run's materials that a step gets, as its definition declares it; null for a step that takes none. Pure.
 *
 * @param steps - those of the run that are not skipped
 */
export function stepMaterials(step: Step, materials: Materials | null, steps: readonly Step[]): Materials | null {
  if (materials === null) return null
  const { software, profiles, drivers, updates, updateLevels, windowsAgent } = takesOf(step)
  const part: Partial<Materials> = {
    ...(windowsAgent === true && materials.agent !== undefined ? { agent: materials.agent } : {}),
    ...(software === undefined
      ? {}
      : {
          software:
            software === 'of-run' ? asPromised(materials.software, steps) : withNeeds(software, materials.software),
        }),
    ...(profiles === undefined
      ? {}
      : { profiles: materials.profiles.filter(({ id }) => profiles === 'of-run' || profiles.includes(id)) }),
    // The run has the packs that were chosen for it, whoever chose them.
    ...(drivers === undefined ? {} : { drivers: materials.drivers }),
    ...(updates === true ? { updates: materials.updates } : {}),
    ...(updateLevels === true && materials.levels !== undefined ? { levels: materials.levels } : {}),
  }
  return Object.keys(part).length === 0 ? null : { ...noMaterials, ...part }
}
