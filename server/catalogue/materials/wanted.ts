import { takesOf } from '../../../tasksequences/steps/definitions.ts'

/** A step of a run as far as it matters here: filled in, and not skipped. */
export type RunStepInput = { readonly type: string; readonly input: Readonly<Record<string, unknown>> }

/** What steps name of the catalogue, each once, in their order. */
export type Wanted = {
  software: string[]
  profiles: string[]
  /** Null when no step takes drivers. */
  drivers: 'matching' | string[] | null
  updates: boolean
  updateLevels: boolean
  windowsAgent: boolean
}

/** Ids that a step names itself; what `of-run` stands for is named by another one. */
function named(ids: readonly string[] | 'of-run' | undefined): readonly string[] {
  return ids === undefined || ids === 'of-run' ? [] : ids
}

/** Reads what a run's steps take from the catalogue, as their definitions declare it. Pure. */
export function wantedBy(steps: readonly RunStepInput[]): Wanted {
  const taken = steps.map(takesOf)
  const drivers = taken.flatMap((one) => (one.drivers === undefined || one.drivers === 'of-run' ? [] : [one.drivers]))
  const last = drivers.at(-1) ?? null
  return {
    software: [...new Set(taken.flatMap(({ software }) => named(software)))],
    profiles: [...new Set(taken.flatMap(({ profiles }) => named(profiles)))],
    drivers: last === null || last === 'matching' ? last : [...last],
    updates: taken.some(({ updates }) => updates === true),
    updateLevels: taken.some(({ updateLevels }) => updateLevels === true),
    windowsAgent: taken.some(({ windowsAgent }) => windowsAgent === true),
  }
}
