import { contactOf } from '../../deployments/timing/contact.ts'
import { watchChanges, type Change, type ChangingServices } from '../../live/changes.ts'
import type { LiveHub } from '../../live/hub.ts'
import type { Publisher } from '../../live/publisher.ts'
import type { ImageCatalogue } from '../../catalogue/images/image-catalogue.ts'
import { viewRun, type RunViewDependencies } from '../deployments/views.ts'
import { presentImage, presentImport } from '../images/present.ts'
import { imageUses } from '../images/uses.ts'
import { summarizeMachine, type MachineViewDependencies } from '../machines/views.ts'
import { presentNewcomers } from '../netboot/present.ts'
import type { NetbootViewServices } from '../netboot/routes.ts'
import { viewRecord, type RecordViewDependencies } from '../stock/views.ts'
import type { LiveEvent } from './schema.ts'

export type EventDependencies = ChangingServices &
  MachineViewDependencies &
  RunViewDependencies &
  RecordViewDependencies &
  NetbootViewServices & { catalogue: { images: ImageCatalogue } }

/**
 * Tells browsers of every change, each thing as the API presents it.
 *
 * @returns how to stop.
 */
export function publishChanges(
  dependencies: EventDependencies,
  hub: Pick<LiveHub<LiveEvent>, 'publish'>,
  publisher: Publisher<LiveEvent>,
): () => void {
  return watchChanges(dependencies, (change) => {
    switch (change.kind) {
      case 'image-removed':
      case 'import-removed':
        return hub.publish({ type: change.kind, id: change.id })
      // Under the machine's own key: what is being built of it comes before this, and nothing of it after.
      case 'machine-removed':
        return publisher.changed(`machine ${change.id}`, async () => ({ type: 'machine-removed', id: change.id }))
      case 'import':
        return hub.publish({ type: 'import', import: presentImport(change.import) })
      case 'deployment-log': {
        const { kind, ...lines } = change
        return hub.publish({ type: kind, ...lines })
      }
      case 'newcomers':
        return hub.publish({ type: 'newcomers', newcomers: presentNewcomers(dependencies.newcomers.list()) })
      case 'contact':
        return publisher.changed(`contact ${change.machineId}`, () => contactEvent(change.machineId, dependencies))
      default:
        return publisher.changed(`${change.kind} ${change.id}`, () => presentChange(change, dependencies))
    }
  })
}

type PresentedChange = Extract<Change, { kind: 'machine' | 'record' | 'deployment' | 'image' }>

/** The thing as it is now; null when it is gone. */
async function presentChange(
  { kind, id }: PresentedChange,
  dependencies: EventDependencies,
): Promise<LiveEvent | null> {
  switch (kind) {
    case 'machine': {
      const machine = await dependencies.register.get(id)
      return machine && { type: 'machine', machine: await summarizeMachine(machine, dependencies) }
    }
    case 'record': {
      const record = await dependencies.stock.get(id)
      return record && { type: 'record', record: await viewRecord(record, dependencies) }
    }
    case 'deployment': {
      const run = await dependencies.deployments.get(id)
      return run && { type: 'deployment', deployment: await viewRun(run, dependencies) }
    }
    case 'image': {
      const image = dependencies.catalogue.images.find(id)
      if (!image) return null
      const uses = await imageUses(dependencies.deployments)
      return { type: 'image', image: presentImage(image, uses.get(id) ?? 0) }
    }
    default:
      return kind satisfies never
  }
}

/** The machine's run, if its agent should be heard of: it shows when that was last so. */
async function contactEvent(machineId: string, dependencies: EventDependencies): Promise<LiveEvent | null> {
  const run = await dependencies.deployments.activeFor(machineId)
  if (run === null || contactOf(run, dependencies.now()) === null) return null
  return { type: 'deployment', deployment: await viewRun(run, dependencies) }
}
