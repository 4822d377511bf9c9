import type { Materials } from '../../../agent/protocol/materials.ts'
import { pinnedFiles } from '../../catalogue/materials/pinned-files.ts'
import type { PinnedView } from './schema.ts'

/** What a run has pinned beside its image, by name and version; null when it takes nothing. */
export function presentMaterials(materials: Materials | null): PinnedView | null {
  if (materials === null) return null
  const { agent, software, profiles, drivers, updates } = materials
  const files = new Map(pinnedFiles(materials).map(({ sha256, sizeBytes }) => [sha256, sizeBytes]))
  if (files.size === 0 && profiles.length === 0) return null
  return {
    agent: agent?.version ?? null,
    software: software.map(({ id, manifest }) => ({ id, name: manifest.name, version: manifest.version ?? null })),
    drivers: drivers.map(({ pack, infs }) => ({ pack, infs: infs.length })),
    updates: updates.map(({ id }) => id),
    profiles: profiles.map(({ id, version, profile }) => ({ id, name: profile.name, version: version.slice(0, 12) })),
    // What several of them share is fetched once for each of them, but it is one file.
    sizeBytes: [...files.values()].reduce((sum, sizeBytes) => sum + sizeBytes, 0),
  }
}
