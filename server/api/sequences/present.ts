import { writtenImageWish } from '../../../tasksequences/image-wish.ts'
import { stepDefinition } from '../../../tasksequences/steps/definitions.ts'
import type { LoadedSequence } from '../../deployments/planning/sequences.ts'
import type { SequenceProblem, SequenceView } from './schema.ts'

export function presentSequence(loaded: LoadedSequence): SequenceView {
  const { id, version, origin, source, parsed } = loaded
  const steps = parsed.ok ? parsed.sequence.steps : []
  const wish = parsed.ok ? writtenImageWish(parsed.sequence) : null
  return {
    id,
    name: parsed.ok ? parsed.sequence.name : id,
    description: parsed.ok ? parsed.sequence.description : null,
    version,
    origin,
    needsImage: wish !== null,
    imageId: wish?.image ?? null,
    imageEdition: wish?.edition ?? null,
    imageWindows: wish?.windows ?? null,
    variables: parsed.ok ? parsed.sequence.variables : {},
    steps: steps.map(({ phase, type, name }) => ({
      phase,
      type,
      name,
      writesDisk: stepDefinition(type)?.writesDisk ?? false,
    })),
    source,
    problems: parsed.ok ? [] : parsed.problems.map(presentSequenceProblem),
  }
}

export function presentSequenceProblem(problem: SequenceProblem): SequenceProblem {
  const { code, message, line, column } = problem
  return { code, message, line, column }
}
