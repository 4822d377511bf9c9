import { Type, type Static } from 'typebox'
import { DiskChoice } from '../../../tasksequences/steps/partition-disk.ts'
import { Phase } from '../../../tasksequences/sequence.ts'
import { Sentence } from '../../../agent/protocol/messages.ts'

export const SequenceProblem = Type.Object({
  code: Type.String(),
  message: Sentence,
  line: Type.Integer(),
  column: Type.Integer(),
})
export type SequenceProblem = Static<typeof SequenceProblem>

export const SequenceLack = Type.Intersect([
  SequenceProblem,
  Type.Object({
    /** Whether only steps with a condition need it: a run whose conditions leave them out can be started. */
    conditional: Type.Boolean(),
  }),
])
export type SequenceLack = Static<typeof SequenceLack>

/** A sequence file as the dashboard lists it; one with problems cannot be started. */
export const SequenceView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  description: Type.Union([Type.String(), Type.Null()]),
  version: Type.String(),
  /** Ours, or the workshop's own file. */
  origin: Type.Union([Type.Literal('shipped'), Type.Literal('own')]),
  /** Whether it stands in the place of a shipped one, which DELETE brings back. */
  replaces: Type.Boolean(),
  needsImage: Type.Boolean(),
  /** How it chooses the disk to erase; null when it erases none, or when a variable decides. */
  disk: Type.Union([DiskChoice, Type.Null()]),
  /** The images of the catalogue that it can be started with, first the one to take when nobody says otherwise. */
  imageIds: Type.Array(Type.String()),
  variables: Type.Record(Type.String(), Type.Unknown()),
  steps: Type.Array(
    Type.Object({
      phase: Phase,
      type: Type.String(),
      name: Sentence,
      /** Whether it erases or writes a disk. */
      writesDisk: Type.Boolean(),
    }),
  ),
  source: Type.String(),
  problems: Type.Array(SequenceProblem),
  /** Variables without a value of their own: whoever starts it has to give one. */
  asks: Type.Array(Type.String()),
  /** What it names of the catalogue that is not there, or cannot be used: a run that comes to it is refused. */
  lacking: Type.Array(SequenceLack),
})
export type SequenceView = Static<typeof SequenceView>

/** GET /api/sequences · GET /api/sequences/:id · PUT /api/sequences/:id (text/yaml) → SequenceView; 422 SEQUENCE_INVALID with problems · DELETE /api/sequences/:id */
export const SequenceList = Type.Object({
  items: Type.Array(SequenceView),
  next: Type.Union([Type.String(), Type.Null()]),
})
