import { Type, type Static } from 'typebox'
import { StepPlace } from '../../../tasksequences/edit/edit.ts'
import { SequenceProblem } from './schema.ts'

const TextOrNull = Type.Union([Type.String(), Type.Null()])

/** A step as the text says it, right or wrong. */
export const OutlineStepView = Type.Intersect([
  StepPlace,
  Type.Object({
    type: Type.String(),
    input: Type.Record(Type.String(), Type.Unknown()),
    options: Type.Record(Type.String(), Type.Unknown()),
    lines: Type.Array(Type.Integer()),
  }),
])
export type OutlineStepView = Static<typeof OutlineStepView>

/** What stands in a text, for a form; null when it is no YAML. */
export const OutlineView = Type.Union([
  Type.Object({
    name: TextOrNull,
    description: TextOrNull,
    variables: Type.Array(Type.Object({ name: Type.String(), value: Type.Unknown() })),
    steps: Type.Array(OutlineStepView),
  }),
  Type.Null(),
])
export type OutlineView = Static<typeof OutlineView>

/** POST /api/sequences/check, /api/sequences/edit: a text that nobody has saved, what stands in it and what is wrong with it. */
export const TextView = Type.Object({
  source: Type.String(),
  outline: OutlineView,
  problems: Type.Array(SequenceProblem),
  lacking: Type.Array(SequenceProblem),
})
export type TextView = Static<typeof TextView>
