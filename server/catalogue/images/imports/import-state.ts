import { CatalogueError, type Problem } from '../problem.ts'
import type { ImportRecord } from './import-record.ts'

export type ImportEvent =
  | { readonly type: 'received' }
  | { readonly type: 'inspected'; readonly indexes: readonly number[] }
  | { readonly type: 'chosen'; readonly indexes: readonly number[] }
  | { readonly type: 'hashed'; readonly sha256: string }
  | { readonly type: 'prepared'; readonly index: number; readonly imageId: string }
  | { readonly type: 'failed'; readonly problem: Problem }

/**
 * What an import becomes.
 *
 *   uploading ─received─▶ inspecting ─inspected─▶ choose ─chosen─▶ preparing ─prepared (each)─▶ done
 *                                    └─ only one edition ─────────▶
 *
 * A failed or finished one can be chosen from again. An event that does not fit changes nothing: it is a late answer
 * of work that was cancelled.
 *
 * @throws CatalogueError IMPORT_BUSY when a person chooses while there is nothing to choose
 */
export function next(record: ImportRecord, event: ImportEvent): ImportRecord {
  switch (event.type) {
    case 'received':
      return record.state === 'uploading' ? { ...record, state: 'inspecting' } : record
    case 'inspected':
      if (record.state !== 'inspecting') return record
      if (event.indexes.length !== 1) return { ...record, state: 'choose' }
      return { ...record, state: 'preparing', selected: [...event.indexes] }
    case 'chosen':
      return choose(record, event.indexes)
    case 'hashed':
      return { ...record, sha256: event.sha256 }
    case 'prepared':
      return record.state === 'preparing' ? addPrepared(record, event) : record
    case 'failed':
      return record.state === 'done' ? record : { ...record, state: 'failed', problem: event.problem }
    default:
      return event satisfies never
  }
}

/** Chosen editions that are not images yet. */
export function remaining(record: ImportRecord): readonly number[] {
  return record.selected.filter((index) => record.prepared.every((done) => done.index !== index))
}

function choose(record: ImportRecord, indexes: readonly number[]): ImportRecord {
  if (record.state !== 'choose' && record.state !== 'failed' && record.state !== 'done') {
    throw new CatalogueError('IMPORT_BUSY', { fileName: record.fileName })
  }
  const { problem: _, ...rest } = record
  return { ...rest, state: 'preparing', selected: [...new Set(indexes)].toSorted((a, b) => a - b) }
}

function addPrepared(record: ImportRecord, { index, imageId }: { index: number; imageId: string }): ImportRecord {
  const others = record.prepared.filter((done) => done.index !== index)
  const changed = { ...record, prepared: [...others, { index, imageId }] }
  return remaining(changed).length === 0 ? { ...changed, state: 'done' } : changed
}
