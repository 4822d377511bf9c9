import type { Static, TObject } from 'typebox'
import type { Sentence } from '../../text/sentence.ts'
import type { Variables } from '../scalar.ts'
import type { Phase } from '../sequence.ts'

/** What a step type is, without what it does: the agent does it, the server plans and shows it. */
export type StepDefinition<Input extends TObject = TObject> = {
  type: string
  phases: readonly Phase[]
  title: Sentence
  /** The title within a run, where `${…}` are known: `Écriture de ${imageName}`. */
  titleInRun?: Sentence
  input: Input
  /** What may stand in each field, in words that end the sentence "this must be …". */
  expects: { [Field in keyof Static<Input>]-?: Sentence }
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
  /** The only step types that can come after it, anywhere in the sequence; any when it is not said. */
  followedBy?: readonly string[]
  /** Whether a sequence can have it once only. */
  once: boolean
  /** Whether the machine's starting anew while it runs is its success. */
  endsWithRestart: boolean
  /** A rule the schema cannot say; null when the input is right. */
  check?: (input: Record<string, unknown>, phase: Phase) => Sentence | null
  /** Puts a person's answer (a run variable) over what the sequence says. */
  answer?: (input: Record<string, unknown>, variables: Variables) => Record<string, unknown>
}
