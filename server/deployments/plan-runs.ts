import { Refusal } from '../refusal.ts'
import type { DeploymentsDependencies, StartRequest } from './deployments.ts'
import type { Run } from './run.ts'
import { imageIdFor, makeRun, validSequence } from './start.ts'

type Sources = Pick<DeploymentsDependencies, 'register' | 'sequences' | 'image' | 'materials' | 'now' | 'newId'>

/** A run for every machine asked for, none of them recorded yet; or a Refusal for all. */
export async function planRuns(
  request: StartRequest,
  { register, sequences, image, materials, now, newId }: Sources,
): Promise<Run[]> {
  const { sequenceId, imageId, variables = {}, by } = request
  const loaded = await sequences.get(sequenceId)
  if (loaded === null) throw new Refusal('SEQUENCE_UNKNOWN', { id: sequenceId })
  const sequence = validSequence(loaded)
  const wanted = imageIdFor(sequence, imageId, variables)
  const pinned = wanted === null ? null : await image(wanted)
  if (wanted !== null && pinned === null) throw new Refusal('IMAGE_UNKNOWN', { id: wanted })
  const at = now()
  const runs: Run[] = []
  for (const machineId of new Set(request.machineIds)) {
    const machine = await register.get(machineId)
    if (machine === null) throw new Refusal('MACHINE_UNKNOWN', { id: machineId })
    const run = makeRun({ id: newId(), machine, loaded, sequence, image: pinned, variables, by, at })
    const steps = run.steps.filter(({ status }) => status.kind !== 'skipped')
    runs.push({ ...run, materials: await materials({ steps, machine, image: pinned }) })
  }
  return runs
}
