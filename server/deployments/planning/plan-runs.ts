import { deploymentRefusal } from '../errors.ts'
import { otherOf } from '../../machines/doubt.ts'
import { machineRefusal } from '../../machines/errors.ts'
import { labelOf, type Machine } from '../../machines/machine.ts'
import type { Variables } from '../../../tasksequences/scalar.ts'
import type { Register } from '../../machines/register.ts'
import type { MaterialsSource } from '../../catalogue/materials/run-materials.ts'
import type { Sequences } from './sequences.ts'
import { imageWish } from '../../../tasksequences/image-wish.ts'
import type { ImageWish } from '../../../tasksequences/steps/takes.ts'
import { chooseImage, type ImageChoice } from './image-choice.ts'
import type { PinnedImage, Run } from '../run/run.ts'
import { pinDisks } from './pins.ts'
import { refuseLackingSecrets, type SecretLacks } from './secret-check.ts'
import { makeRun, validSequence } from './start.ts'

export type StartRequest = {
  machineIds: string[]
  sequenceId: string
  imageId?: string
  variables?: Variables
  /** By machine, the revision of the disks that the person was shown; needed where a disk is written. */
  disksSeen?: Readonly<Record<string, string>>
  by: string
}

export type PlanDependencies = {
  register: Register
  sequences: Sequences
  /** Every image a run may take. */
  images: () => Promise<PinnedImage[]>
  materials: MaterialsSource
  secretLacks: SecretLacks
  now: () => Date
  newId: () => string
}

/** A run for every machine asked for, none of them recorded yet; or a Refusal for all. */
export async function planRuns(
  request: StartRequest,
  { register, sequences, images, materials, secretLacks, now, newId }: PlanDependencies,
): Promise<Run[]> {
  const { sequenceId, imageId, variables = {}, disksSeen = {}, by } = request
  const loaded = await sequences.get(sequenceId)
  if (loaded === null) throw deploymentRefusal('SEQUENCE_UNKNOWN', { id: sequenceId })
  const sequence = validSequence(loaded)
  const pinned = imageOf(chooseImage(imageWish(sequence, variables), imageId, await images()), sequence.name)
  const at = now()
  const runs: Run[] = []
  for (const machineId of new Set(request.machineIds)) {
    const machine = await register.described(machineId)
    if (machine === null) throw machineRefusal('MACHINE_UNKNOWN', { id: machineId })
    await refuseDoubt(machine, register)
    const run = makeRun({ id: newId(), machine, loaded, sequence, image: pinned, variables, by, at })
    const seen = Object.hasOwn(disksSeen, machineId) ? disksSeen[machineId] : undefined
    const disks = pinDisks({ machine, steps: run.steps, seen })
    const steps = run.steps.filter(({ status }) => status.kind !== 'skipped')
    const taken = await materials({ steps, machine, image: pinned })
    await refuseLackingSecrets({ machine, steps, materials: taken }, secretLacks)
    runs.push({ ...run, disks, materials: taken })
  }
  return runs
}

/** Until a person has said which PC it is, a run could erase another one: Refusal MACHINE_IN_DOUBT. */
async function refuseDoubt(machine: Machine, register: Register): Promise<void> {
  const [doubt] = await register.openDoubts(machine.id)
  if (doubt === undefined) return
  const other = await register.get(otherOf(doubt, machine.id) ?? '')
  const named = (one: Machine | null) => (one === null ? '' : `${labelOf(one)} (${one.code})`)
  throw machineRefusal('MACHINE_IN_DOUBT', { label: named(machine), other: named(other) })
}

/** The image chosen, null for none; or Refusal IMAGE_UNKNOWN, IMAGE_REQUIRED, IMAGE_MISFIT, IMAGE_FITTING_MISSING. */
function imageOf(choice: ImageChoice, sequence: string): PinnedImage | null {
  switch (choice.kind) {
    case 'none':
      return null
    case 'chosen':
      return choice.image
    case 'unknown':
      throw deploymentRefusal('IMAGE_UNKNOWN', { id: choice.id })
    case 'wrong':
      throw deploymentRefusal('IMAGE_MISFIT', {
        image: choice.image.name,
        found: describeImage(choice.image),
        wanted: describeWish(choice.wish) || 'x64',
      })
    case 'open':
      if (choice.wish.edition === undefined && choice.wish.windows === undefined)
        throw deploymentRefusal('IMAGE_REQUIRED', { sequence })
      throw deploymentRefusal('IMAGE_FITTING_MISSING', { sequence, wanted: describeWish(choice.wish) })
  }
}

/** `Windows 11, Professional, x64, fr-FR`; the same in both languages; empty where a sequence takes any Windows. */
function describeWish({ edition, windows, language, family }: ImageWish): string {
  const asked = [windows === undefined ? '' : `Windows ${windows}`, edition ?? '', language ?? family ?? '']
  const [first = '', ...rest] = asked.filter((part) => part !== '')
  return first === '' ? '' : [first, ...rest, 'x64'].join(', ')
}

function describeImage({ edition, build, architecture, languages }: PinnedImage): string {
  return [edition, build, architecture, languages.join(' + ')].filter((part) => part !== '').join(', ')
}
