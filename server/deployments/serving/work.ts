import type { StepWork, Work } from '../../../agent/protocol/messages.ts'
import { imagePathOf } from '../../../agent/protocol/paths.ts'
import type { Phase } from '../../../tasksequences/sequence.ts'
import { describeRunFailure } from '../failure-messages.ts'
import { currentStep } from '../run/progression.ts'
import type { PinnedImage, Run } from '../run/run.ts'
import { stepMaterials } from './step-materials.ts'

/** Work as the API gives it to an agent, but for the run token, which the API adds. */
export type WorkToDo = Exclude<Work, { kind: 'step' }> | Omit<StepWork, 'token'>

/** What earlier steps found and did, by step type. */
function resultsOf({ steps }: Run): StepWork['results'] {
  return Object.fromEntries(
    steps.flatMap(({ type, status }) => (status.kind === 'done' ? [[type, status.result]] : [])),
  )
}

function imageOf(image: PinnedImage): NonNullable<StepWork['image']> {
  const { id, name, sizeBytes, contentBytes, sha256, edition } = image
  // A run begun before this version knew of languages has none.
  const languages = image.languages ?? []
  const path = imagePathOf(id)
  return { id, name, path, sizeBytes, contentBytes, sha256, edition, languages }
}

/** What an agent in this phase should do for a run; the same answer until the run moves. Pure. */
export function workOf(run: Run, phase: Phase): WorkToDo {
  if (run.state.kind === 'attention') {
    return { kind: 'attention', runId: run.id, ...describeRunFailure(run.state.failure) }
  }
  const step = currentStep(run)
  if (step === null) return { kind: 'wait' }
  // The other half of the agent does it: the server decides at the next start which one that is.
  if (step.phase !== phase) return { kind: 'restart' }
  // It announced a restart, which has not happened: an agent that was started anew does it now.
  if (step.status.kind === 'restarting') return { kind: 'restart' }
  const { id, index, attempt, type, name, input, memory } = step
  const taken = run.steps.filter(({ status }) => status.kind !== 'skipped')
  const materials = stepMaterials(step, run.materials, taken)
  const before = run.steps.slice(0, index).reduce((sum, { weight }) => sum + weight, 0)
  return {
    kind: 'step',
    runId: run.id,
    step: { id, index, of: run.steps.length, attempt, type, name, input, memory },
    weight: { before, share: step.weight },
    variables: { ...run.facts, ...run.variables },
    results: resultsOf(run),
    ...(run.image === null ? {} : { image: imageOf(run.image) }),
    ...(run.disks === null || phase !== 'environment' ? {} : { disks: run.disks }),
    ...(materials === null ? {} : { materials }),
  }
}
