import { Type, type Static } from 'typebox'
import { Phase } from '../../../tasksequences/sequence.ts'
import { Sentence } from '../../../agent/protocol/messages.ts'

const Value = Type.Union([Type.String(), Type.Number(), Type.Boolean()])
const kind = <const Kind extends string>(name: Kind) => Type.Literal(name)
const Choice = Type.Object({ value: Type.Union([Type.String(), Type.Number()]), label: Sentence })
const NumberOrNull = Type.Union([Type.Number(), Type.Null()])

/** How a person sets a value. */
export const ControlView = Type.Union([
  Type.Object({ kind: kind('switch') }),
  Type.Object({ kind: kind('number'), least: NumberOrNull, most: NumberOrNull, whole: Type.Boolean() }),
  /** `open`: other values can stand there too, which are written in the text. */
  Type.Object({ kind: kind('choice'), choices: Type.Array(Choice), open: Type.Boolean() }),
  Type.Object({ kind: kind('choices'), choices: Type.Array(Choice) }),
  Type.Object({ kind: kind('text'), longest: NumberOrNull, lines: Type.Boolean() }),
  Type.Object({ kind: kind('texts') }),
  Type.Object({ kind: kind('numbers') }),
  Type.Object({
    kind: kind('catalogue'),
    of: Type.Union([kind('images'), kind('driver-packs'), kind('software'), kind('profiles')]),
    many: Type.Boolean(),
    choices: Type.Array(Choice),
  }),
  Type.Object({ kind: kind('map'), keys: Type.Array(Type.String()) }),
  Type.Object({ kind: kind('yaml') }),
])
export type ControlView = Static<typeof ControlView>

export const SettingView = Type.Object({
  key: Type.String(),
  label: Sentence,
  help: Type.Union([Sentence, Type.Null()]),
  /** In words that end the sentence "this must be …". */
  expects: Sentence,
  unit: Type.Union([Sentence, Type.Null()]),
  required: Type.Boolean(),
  /** What counts when it is not there, where that is one value. */
  standard: Type.Union([Value, Type.Null()]),
  control: ControlView,
})
export type SettingView = Static<typeof SettingView>

/** GET /api/step-types: every kind of step a sequence can have, in the order a run usually has them. */
export const StepTypeView = Type.Object({
  type: Type.String(),
  phases: Type.Array(Phase),
  title: Sentence,
  /** Whether it erases or writes a disk. */
  writesDisk: Type.Boolean(),
  once: Type.Boolean(),
  settings: Type.Array(SettingView),
})
export type StepTypeView = Static<typeof StepTypeView>

export const StepTypeList = Type.Object({
  items: Type.Array(StepTypeView),
  /** What a sequence can refer to without declaring it, `${serial}`, and what each is. */
  facts: Type.Array(Type.Object({ name: Type.String(), label: Sentence })),
  next: Type.Null(),
})
export type StepTypeList = Static<typeof StepTypeList>
