import { Type, type Static } from 'typebox'
import { Scalar } from '../scalar.ts'
import { Phase } from '../sequence.ts'

/** Where a step stands: its half of the sequence, and its number there from 0. */
export const StepPlace = Type.Object({ phase: Phase, index: Type.Integer({ minimum: 0, maximum: 1000 }) })
export type StepPlace = Static<typeof StepPlace>

/** What any step may carry beside its settings. */
export const StepOption = Type.Union([
  Type.Literal('name'),
  Type.Literal('when'),
  Type.Literal('continueOnError'),
  Type.Literal('retries'),
])
export type StepOption = Static<typeof StepOption>

const Name = Type.String({ minLength: 1, maxLength: 64 })
const kind = <const Kind extends string>(name: Kind) => Type.Literal(name)

/** One change to a sequence's text; null takes away what is named. */
export const SequenceEdit = Type.Union([
  Type.Object({
    kind: kind('set-text'),
    key: Type.Union([Type.Literal('name'), Type.Literal('description')]),
    value: Type.Union([Type.String({ maxLength: 4096 }), Type.Null()]),
  }),
  Type.Object({ kind: kind('add-step'), at: StepPlace, type: Name }),
  /** `to` counts the steps without the one that moves. */
  Type.Object({ kind: kind('move-step'), from: StepPlace, to: StepPlace }),
  Type.Object({ kind: kind('remove-step'), at: StepPlace }),
  Type.Object({ kind: kind('set-setting'), at: StepPlace, key: Name, value: Type.Unknown() }),
  Type.Object({
    kind: kind('set-option'),
    at: StepPlace,
    option: StepOption,
    value: Type.Union([Scalar, Type.Null()]),
  }),
  Type.Object({ kind: kind('set-variable'), name: Name, value: Type.Unknown() }),
  Type.Object({ kind: kind('remove-variable'), name: Name }),
])
export type SequenceEdit = Static<typeof SequenceEdit>
