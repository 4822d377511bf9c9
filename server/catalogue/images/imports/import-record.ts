import { randomUUID } from 'node:crypto'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import type { Problem } from '../problem.ts'

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

/** A source that has just been announced: an upload has to arrive first, a file of this machine can be looked into. */
export function newImportRecord(
  source: ImportRecord['source'],
  of: { fileName: string; sizeBytes: number; createdAt: Date },
): ImportRecord {
  return {
    format: 1,
    id: randomUUID(),
    source,
    fileName: of.fileName,
    sizeBytes: of.sizeBytes,
    createdAt: of.createdAt.toISOString(),
    state: source.kind === 'upload' ? 'uploading' : 'inspecting',
    selected: [],
    prepared: [],
  }
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

/** The problem's code is not checked against today's list: it was one of ours when it was written. */
function isImportRecord(value: unknown): value is ImportRecord {
  return Value.Check(ImportRecord, value)
}
