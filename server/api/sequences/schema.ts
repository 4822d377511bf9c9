import { Type, type Static } from 'typebox'
import { Phase } from '../../../tasksequences/sequence.ts'
import { Sentence } from '../../../agent/protocol/messages.ts'

export const SequenceProblem = Type.Object({
  code: Type.String(),
  message: Sentence,
  line: Type.Integer(),
  column: Type.Integer(),
})
export type SequenceProblem = Static<typeof SequenceProblem>

/** A sequence file as the dashboard lists it; one with problems cannot be started. */
export const SequenceView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  description: Type.Union([Type.String(), Type.Null()]),
  version: Type.String(),
  /** Ours, or the workshop's own file. */
  origin: Type.Union([Type.Literal('shipped'), Type.Literal('own')]),
  needsImage: Type.Boolean(),
  /** The image its `apply-image` names, if it names one. */
  imageId: Type.Union([Type.String(), Type.Null()]),
  /** What the image has to be: an edition (Windows' own id) and a Windows, where the sequence says so. */
  imageEdition: Type.Union([Type.String(), Type.Null()]),
  imageWindows: Type.Union([Type.Literal(10), Type.Literal(11), Type.Null()]),
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
})
export type SequenceView = Static<typeof SequenceView>

/** GET /api/sequences · GET /api/sequences/:id · PUT /api/sequences/:id (text/yaml) → SequenceView; 422 SEQUENCE_INVALID with problems */
export const SequenceList = Type.Object({
  items: Type.Array(SequenceView),
  next: Type.Union([Type.String(), Type.Null()]),
})
