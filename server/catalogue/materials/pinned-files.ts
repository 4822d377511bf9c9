import type { MaterialFile, Materials } from '../../../agent/protocol/materials.ts'

/** Every file a run has pinned. */
export function pinnedFiles({ agent, software, drivers, updates }: Materials): MaterialFile[] {
  return [
    ...(agent === undefined ? [] : [agent.file]),
    ...[...software, ...drivers, ...updates].flatMap(({ files }) => files),
  ]
}
