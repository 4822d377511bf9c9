import { Type, type Static } from 'typebox'
import type { Expression } from './condition/expression.ts'
import type { Scalar } from './scalar.ts'
import type { Sentence } from '../text/sentence.ts'
import type { FileProblem } from '../text/yaml/problem.ts'

/** Which half of the agent does a step: the one in the boot environment or the one in Windows. */
export const Phase = Type.Union([Type.Literal('environment'), Type.Literal('windows')])
export type Phase = Static<typeof Phase>

/** A sequence as its YAML file says it, validated; `${…}` are still in it, since only a run knows their values. */
export type Sequence = {
  name: string
  description: string | null
  /** Default values; null is a variable that whoever starts the run has to give. */
  variables: Record<string, Scalar | null>
  steps: SequenceStep[]
}

export type SequenceStep = {
  phase: Phase
  type: string
  /** The step's own `name`, the same in both languages, else the title of its type. */
  name: Sentence
  /** As written, `${…}` not filled in. */
  input: Record<string, unknown>
  when: { source: string; expression: Expression } | null
  continueOnError: boolean
  retries: number
  line: number
  column: number
}

export type ParsedSequence = { ok: true; sequence: Sequence } | { ok: false; problems: FileProblem[] }
