import { stepDefinition } from '../../../tasksequences/steps/definitions.ts'
import type { LoadedSequence } from '../../deployments/planning/sequences.ts'
import type { SequenceStep } from '../../../tasksequences/sequence.ts'
import type { SequenceProblem, SequenceView } from './schema.ts'

export function presentSequence(loaded: LoadedSequence): SequenceView {
  const { id, version, origin, source, parsed } = loaded
  const steps = parsed.ok ? parsed.sequence.steps : []
  const imageStep = steps.find(({ type }) => type === 'apply-image')
  return {
    id,
    name: parsed.ok ? parsed.sequence.name : id,
    description: parsed.ok ? parsed.sequence.description : null,
    version,
    origin,
    needsImage: imageStep !== undefined,
    ...imageWanted(imageStep),
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

/** `apply-image: { image: … }` and the like; what holds `${…}` is known only when the run is planned. */
function imageWanted(step: SequenceStep | undefined): Pick<SequenceView, 'imageId' | 'imageEdition' | 'imageWindows'> {
  const text = (key: string): string | null => {
    const value = step?.input[key]
    return typeof value === 'string' && !value.includes('${') ? value : null
  }
  const windows = step?.input['windows']
  return {
    imageId: text('image'),
    imageEdition: text('edition'),
    imageWindows: windows === 10 || windows === 11 ? windows : null,
  }
}
