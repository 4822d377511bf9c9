import type { Materials } from '../../../agent/protocol/materials.ts'
import type { Machine } from '../../machines/machine.ts'
import type { PinnedImage, RunStep } from '../run/run.ts'

/** What a run is going to do, for whoever chooses what it takes from the catalogue; steps that are skipped are not in it. */
export type MaterialsRequest = {
  steps: ReadonlyArray<Pick<RunStep, 'type' | 'input' | 'phase'>>
  machine: Machine
  image: PinnedImage | null
}

/** What a run takes, pinned; null for nothing. Throws Refusal when the catalogue lacks what a step names. */
export type MaterialsSource = (request: MaterialsRequest) => Promise<Materials | null>

/** Where a pinned file lies now; null when it is gone or has changed. */
export type MaterialPath = (sha256: string, materials: Materials) => Promise<{ path: string; sizeBytes: number } | null>

/** Every file a run has pinned. */
export function filesOf({ agent, software, drivers, updates }: Materials) {
  return [
    ...(agent === undefined ? [] : [agent.file]),
    ...[...software, ...drivers, ...updates].flatMap(({ files }) => files),
  ]
}
