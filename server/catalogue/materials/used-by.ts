import type { SoftwareManifest } from '../../../images/software/manifest.ts'
import { wantedBy, type RunStepInput } from './wanted.ts'

export type NamedSequence = { readonly name: string; readonly steps: readonly RunStepInput[] }
/** Names of the sequences that take a thing, by its id. */
export type Uses = ReadonlyMap<string, readonly string[]>

/**
 * Which sequences take which packages and profiles, by what is written in them; a package that another one needs is
 * taken with it. What a sequence names by a variable only a run knows. Pure.
 */
export function usesOf(
  sequences: readonly NamedSequence[],
  software: ReadonlyArray<{ readonly id: string; readonly manifest: Pick<SoftwareManifest, 'needs'> | null }>,
): { software: Uses; profiles: Uses } {
  const needs = new Map(software.map(({ id, manifest }) => [id, manifest?.needs ?? []]))
  const uses = { software: new Map<string, string[]>(), profiles: new Map<string, string[]>() }
  const add = (to: Map<string, string[]>, id: string, name: string): boolean => {
    const names = to.get(id) ?? []
    if (names.includes(name)) return false
    to.set(id, [...names, name])
    return true
  }
  for (const { name, steps } of sequences) {
    const wanted = wantedBy(steps)
    for (const id of wanted.profiles) add(uses.profiles, id, name)
    const ahead = [...wanted.software]
    // Each package once for each sequence, so that a circle of needs ends.
    for (let id = ahead.pop(); id !== undefined; id = ahead.pop())
      if (add(uses.software, id, name)) ahead.push(...(needs.get(id) ?? []))
  }
  return uses
}
