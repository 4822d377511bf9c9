import { noMaterials, type Materials, type PinnedSoftware } from '../../../agent/protocol/materials.ts'
import type { RunStep } from '../run/run.ts'

type Step = Pick<RunStep, 'type' | 'input'>

/** Ids that a step names under one of these keys, a text or a list of texts. */
function idsUnder(input: Step['input'], ...keys: string[]): string[] {
  return keys.flatMap((key) => input[key] ?? []).filter((id) => typeof id === 'string')
}

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

/** Packages whose shortcut some step of the run puts on the desktop. */
function shownOnDesktop(steps: readonly Step[]): ReadonlySet<string> {
  const showing = steps.filter(
    ({ type, input }) =>
      type === 'create-shortcuts' || (type === 'install-software' && input['shortcut'] === 'desktop'),
  )
  return new Set(
    showing.flatMap(({ type, input }) =>
      type === 'create-shortcuts' ? idsUnder(input, 'packages') : idsUnder(input, 'package', 'packages'),
    ),
  )
}

/** The software as a check expects it: a shortcut that nobody was to make is not looked for. */
function asPromised(software: readonly PinnedSoftware[], steps: readonly Step[]): PinnedSoftware[] {
  const shown = shownOnDesktop(steps)
  return software.map((one) => {
    if (shown.has(one.id)) return one
    const { shortcut: _, ...manifest } = one.manifest
    return { ...one, manifest }
  })
}

/**
 * The part of the run's materials that a step gets; null for a step that takes none. Pure.
 *
 * @param steps - those of the run that are not skipped
 */
export function stepMaterials(
  { type, input }: Step,
  materials: Materials | null,
  steps: readonly Step[],
): Materials | null {
  if (materials === null) return null
  const { agent, software, profiles, drivers, updates } = materials
  switch (type) {
    case 'prepare-windows':
      return agent === undefined ? null : { ...noMaterials, agent }
    case 'inject-drivers':
    case 'install-drivers':
      return { ...noMaterials, drivers }
    case 'install-software':
    case 'create-shortcuts':
      return { ...noMaterials, software: withNeeds(idsUnder(input, 'package', 'packages'), software) }
    case 'remove-apps':
      return { ...noMaterials, profiles: profiles.filter(({ id }) => id === input['profile']) }
    case 'windows-update':
      return { ...noMaterials, updates }
    case 'verify':
      return { ...noMaterials, software: asPromised(software, steps), profiles }
    default:
      return null
  }
}
