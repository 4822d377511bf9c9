import { noMaterials, type Materials } from '../../../agent/protocol/materials.ts'
import type { MaterialsRequest } from './materials.ts'
import { wantedBy } from './wanted.ts'
import type { WindowsAgent } from './windows-agent.ts'

/** What a run takes, pinned; null for nothing. Throws Refusal when the catalogue lacks what a step names. */
export type MaterialsSource = (request: MaterialsRequest) => Promise<Materials | null>

/** Where a pinned file lies now; null when it is gone or has changed. */
export type MaterialPath = (sha256: string, materials: Materials) => Promise<{ path: string; sizeBytes: number } | null>

/** What a run takes beside its image: from the catalogue's folders, and the Windows agent. */
export type RunMaterials = { materialsFor: MaterialsSource; materialPath: MaterialPath }

/** Both sources as one. */
export function createRunMaterials(catalogue: RunMaterials, windowsAgent: WindowsAgent): RunMaterials {
  return {
    materialsFor: async (request) => {
      const materials = await catalogue.materialsFor(request)
      return wantedBy(request.steps).windowsAgent
        ? { ...(materials ?? noMaterials), agent: await windowsAgent.pin() }
        : materials
    },
    materialPath: async (sha256, materials) =>
      materials.agent?.file.sha256 === sha256
        ? await windowsAgent.path(sha256)
        : await catalogue.materialPath(sha256, materials),
  }
}
