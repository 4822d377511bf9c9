import { Type, type Static, type TObject } from 'typebox'
import { Value } from 'typebox/value'
import type { Sentence } from '../../text/sentence.ts'
import type { Variables } from '../scalar.ts'
import type { Phase } from '../sequence.ts'
import type { Field } from './fields.ts'
import { takesNothing, type StepTakes } from './takes.ts'

/** What is over once the step is done. */
export type StepEnding = {
  /** Whether an agent stays in the machine's Windows, to show its key another day. */
  agent: 'stays' | 'removed'
  /** Whether the machine has left the shop. */
  delivered: boolean
}

type Input = Record<string, unknown>

/** What a step type is, without what it does: the agent does it, the server plans and shows it. */
export type StepDefinition<Type extends string = string, Schema extends TObject = TObject, In extends Phase = Phase> = {
  type: Type
  phases: readonly In[]
  title: Sentence
  /** The title within a run, where `${…}` are known: `Écriture de ${imageName}`. */
  titleInRun?: Sentence
  input: Schema
  /** Its settings, as a person meets them. */
  fields: { [Name in keyof Static<Schema>]-?: Field }
  /** Time it takes beside the other types; a plan makes shares of it. */
  weight: number
  /** Whether it writes the disk from outside its own system, which a person's assignment allows. */
  writesDisk: boolean
  /**
   * The step type to go back to when this one has begun and has to be done again: what it left half-done cannot be
   * continued. Null: it can be repeated by itself.
   */
  restartFrom: string | null
  /** The step type whose result it needs, which therefore has to be before it in the sequence. */
  needs: string | null
  /** The only step types that can come after it, anywhere in the sequence; without it, any. */
  followedBy?: readonly string[]
  /** Whether a sequence can have it once only. */
  once: boolean
  /** How the machine goes down at its end, if it does: its starting anew is then the step's success. */
  endsWith: 'restart' | 'shut-down' | null
  /** Whether its result is evidence: without it, or with a failed item in it, the step has failed. */
  proves: boolean
  /** A rule the schema cannot say; null when the input is right. */
  check?: (input: Input, phase: Phase) => Sentence | null
  /** Puts a person's answer (a run variable) over what the sequence says. */
  answer?: (input: Input, variables: Variables) => Input
  /** What it gets of what the server keeps; nothing for an input that is none of its. */
  takes: (input: Input) => StepTakes
  /**
   * Where `${secret.NAME}` may stand for it in Windows: in these of its own settings, or in the manifests of the software it
   * takes. A secret goes to no other step.
   */
  secretsIn: 'manifests' | readonly string[]
  /** Packages whose shortcut it puts on the desktop, which a check then looks for. */
  desktopShortcuts: (input: Input) => readonly string[]
  /** What is over once it is done; null for most steps. */
  ends: (input: Input) => StepEnding | null
}

type Specification<Type extends string, Schema extends TObject, In extends Phase> = Pick<
  StepDefinition<Type, Schema, In>,
  'type' | 'phases' | 'title' | 'titleInRun' | 'input' | 'fields' | 'weight' | 'followedBy' | 'check' | 'answer'
> &
  Partial<
    Pick<
      StepDefinition<Type, Schema, In>,
      'writesDisk' | 'restartFrom' | 'needs' | 'once' | 'endsWith' | 'proves' | 'secretsIn'
    >
  > & {
    takes?: (input: Static<Schema>) => StepTakes
    desktopShortcuts?: (input: Static<Schema>) => readonly string[]
    ends?: (input: Static<Schema>) => StepEnding
  }

/** Where secrets may stand for a step in this half: nowhere in the environment, since anybody can say that he is it. */
export function secretPlacesOf({ secretsIn }: Pick<StepDefinition, 'secretsIn'>, phase: Phase) {
  return phase === 'windows' ? secretsIn : []
}

/** The settings of a step that has none. */
export const noSettings = { input: Type.Object({}, { additionalProperties: false }), fields: {} }

/** A step type of which only what is out of the ordinary has to be written. */
export function defineStep<const Type extends string, Schema extends TObject, const In extends Phase>(
  specification: Specification<Type, Schema, In>,
): StepDefinition<Type, Schema, In> {
  const read =
    <Value>(of: ((input: Static<Schema>) => Value) | undefined, otherwise: Value) =>
    (input: Input): Value =>
      of !== undefined && Value.Check(specification.input, input) ? of(input) : otherwise
  return {
    ...{
      writesDisk: false,
      restartFrom: null,
      needs: null,
      once: false,
      endsWith: null,
      proves: false,
      secretsIn: [],
    },
    ...specification,
    takes: read(specification.takes, takesNothing),
    desktopShortcuts: read(specification.desktopShortcuts, []),
    ends: read<StepEnding | null>(specification.ends, null),
  }
}
