import { Value } from 'typebox/value'
import type { Sequence } from '../../../tasksequences/sequence.ts'
import { DiskChoice, partitionDisk } from '../../../tasksequences/steps/partition-disk.ts'
import { isBuiltIn } from '../../../tasksequences/facts.ts'
import { imageWish } from '../../../tasksequences/image-wish.ts'
import { stepDefinition } from '../../../tasksequences/steps/definitions.ts'
import { imagesFor, type Candidate } from '../../deployments/planning/image-choice.ts'
import type { LoadedSequence } from '../../deployments/planning/sequences.ts'
import { lackingOf, type Stocked } from '../../catalogue/materials/lacking.ts'
import { placeOf } from './place.ts'
import type { SequenceProblem, SequenceView } from './schema.ts'

/**
 * @param images those of the catalogue, of which the sequence is offered what it can be started with
 * @param stocked what else is there, of which the sequence says what it lacks
 */
export function presentSequence(loaded: LoadedSequence, images: readonly Candidate[], stocked: Stocked): SequenceView {
  const { id, version, origin, replaces, source, parsed } = loaded
  const steps = parsed.ok ? parsed.sequence.steps : []
  const wish = parsed.ok ? imageWish(parsed.sequence, {}) : null
  return {
    id,
    name: parsed.ok ? parsed.sequence.name : id,
    description: parsed.ok ? parsed.sequence.description : null,
    version,
    origin,
    replaces,
    needsImage: wish !== null,
    disk: diskChoiceOf(steps),
    imageIds: wish === null ? [] : imagesFor(wish, images).map((image) => image.id),
    variables: parsed.ok ? parsed.sequence.variables : {},
    steps: steps.map(({ phase, type, name }) => ({
      phase,
      type,
      name,
      writesDisk: stepDefinition(type)?.writesDisk ?? false,
    })),
    source,
    problems: parsed.ok ? [] : parsed.problems.map(presentSequenceProblem),
    asks: parsed.ok ? asksOf(parsed.sequence) : [],
    lacking: lackingOf(steps, stocked).map(({ name, code, message, conditional }) => ({
      ...{ code, message, conditional },
      ...placeOf(name, source),
    })),
  }
}

function asksOf({ variables }: Sequence): string[] {
  return Object.keys(variables).filter((name) => variables[name] === null && !isBuiltIn(name))
}

/** Whoever reads it should see what the run will do: a name that a variable fills in says nothing yet. */
function diskChoiceOf(steps: Sequence['steps']): DiskChoice | null {
  const disk = steps.find(({ type }) => type === partitionDisk.type)?.input['disk']
  return Value.Check(DiskChoice, disk) && !JSON.stringify(disk).includes('${') ? disk : null
}

export function presentSequenceProblem(problem: SequenceProblem): SequenceProblem {
  const { code, message, line, column } = problem
  return { code, message, line, column }
}
