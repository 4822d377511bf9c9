import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { CatalogueError, type Problem } from './problem.ts'

const ImportState = Type.Union([
  Type.Literal('uploading'),
  Type.Literal('inspecting'),
  Type.Literal('choose'),
  Type.Literal('preparing'),
  Type.Literal('done'),
  Type.Literal('failed'),
])
export type ImportState = Static<typeof ImportState>

/** What is kept of an import on disk, so that a restarted server goes on with it. */
export const ImportRecord = Type.Object({
  format: Type.Literal(1),
  id: Type.String({ pattern: '^[0-9a-f-]{36}$' }),
  source: Type.Union([
    Type.Object({ kind: Type.Literal('upload') }),
    Type.Object({ kind: Type.Literal('path'), path: Type.String() }),
  ]),
  fileName: Type.String(),
  sizeBytes: Type.Integer({ minimum: 0 }),
  createdAt: Type.String(),
  state: ImportState,
  /** Of the source, once it was hashed. */
  sha256: Type.Optional(Type.String()),
  /** Indexes of the editions a person chose, or the only one. */
  selected: Type.Array(Type.Integer()),
  prepared: Type.Array(Type.Object({ index: Type.Integer(), imageId: Type.String() })),
  problem: Type.Optional(
    Type.Object({
      code: Type.String(),
      params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
      detail: Type.Optional(Type.String()),
    }),
  ),
})
export type ImportRecord = Omit<Static<typeof ImportRecord>, 'problem'> & { problem?: Problem }

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

/** Reads a stored import; undefined when the text is not one. */
export function parseImportRecord(text: string): ImportRecord | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
  return isImportRecord(value) ? value : undefined
}

/** The stored code is taken at its word: it was one of ours when it was written. */
function isImportRecord(value: unknown): value is ImportRecord {
  return Value.Check(ImportRecord, value)
}
