import type { Edition } from '../../../../images/wim/editions.ts'
import type { ImportRecord, ImportState } from './import-record.ts'
import type { Inspection } from './inspection.ts'
import type { Phase, Progress } from './meter.ts'
import type { Problem } from '../problem.ts'

/** An import as others see it. */
export type ImportStatus = {
  readonly id: string
  readonly fileName: string
  readonly sizeBytes: number
  readonly receivedBytes: number
  readonly state: ImportState
  /** Empty until the source was looked into. */
  readonly editions: readonly Edition[]
  readonly selected: readonly number[]
  readonly progress: {
    readonly phase: Phase
    readonly fraction: number
    readonly bytesPerSecond: number | null
    readonly secondsLeft: number | null
  } | null
  readonly problem: Problem | null
  readonly imageIds: readonly string[]
}

/** What a running server knows of an import beside its record. */
export type LiveImport = {
  record: ImportRecord
  receivedBytes: number
  inspection?: Inspection
  progress?: Progress
}

/** What others see of an import: its record, and how far the work on it is. */
export function statusOf({ record, receivedBytes, inspection, progress }: LiveImport): ImportStatus {
  return {
    id: record.id,
    fileName: record.fileName,
    sizeBytes: record.sizeBytes,
    receivedBytes,
    state: record.state,
    editions: inspection?.editions ?? [],
    selected: record.selected,
    progress:
      progress === undefined || record.state !== 'preparing'
        ? null
        : {
            phase: progress.phase,
            fraction: progress.fraction,
            bytesPerSecond: progress.bytesPerSecond ?? null,
            secondsLeft: progress.secondsLeft ?? null,
          },
    problem: record.problem ?? null,
    imageIds: record.prepared.map((done) => done.imageId),
  }
}
