import { noMaterials, type Materials, type PinnedSoftware } from '../../agent/materials.ts'
import type { RunStep } from './run.ts'

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

/** The part of the run's materials that a step gets; null for a step that takes none. Pure. */
export function stepMaterials({ type, input }: Step, materials: Materials | null): Materials | null {
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
      return { ...noMaterials, software, profiles }
    default:
      return null
  }
}
