import type { ImageCatalogue } from '../catalogue/images/image-catalogue.ts'
import { presentImage, presentImport } from '../api/images/present.ts'
import { imageUses } from '../api/images/uses.ts'
import { viewMachine, type MachineViewSources } from '../api/machines/views.ts'
import { viewRecord } from '../api/stock/views.ts'
import { viewRun, type RunViewSources } from '../api/deployments/views.ts'
import { contactOf } from '../deployments/timing/contact.ts'
import type { LiveHub } from './hub.ts'
import type { Publisher } from './publisher.ts'

export type ChangeSources = MachineViewSources & RunViewSources & { catalogue: { images: ImageCatalogue } }

/**
 * Tells browsers of every change the services report.
 *
 * @returns how to stop telling.
 */
export function publishChanges(sources: ChangeSources, hub: LiveHub, publisher: Publisher): () => void {
  const { register, stock, deployments, presence, catalogue } = sources

  function machine(id: string): void {
    publisher.changed(`machine ${id}`, async () => {
      const found = await register.get(id)
      return found && { type: 'machine', machine: await viewMachine(found, sources) }
    })
  }
  function record(id: string): void {
    publisher.changed(`record ${id}`, async () => {
      const found = await stock.get(id)
      return found && { type: 'record', record: await viewRecord(found, sources) }
    })
  }
  function image(id: string): void {
    publisher.changed(`image ${id}`, async () => {
      const found = catalogue.images.find(id)
      return found ? { type: 'image', image: presentImage(found, (await imageUses(deployments)).get(id) ?? 0) } : null
    })
  }

  /** The agent in Windows was heard of, or has fallen silent: nothing of the run itself says so. */
  function contact(machineId: string): void {
    publisher.changed(`contact ${machineId}`, async () => {
      const run = await deployments.activeFor(machineId)
      if (run === null || contactOf(run, sources.now()) === null) return null
      return { type: 'deployment', deployment: await viewRun(run, sources) }
    })
  }

  /** The state in which each run was last told of: progress alone changes neither card, record nor image. */
  const toldStates = new Map<string, string>()
  const stops = [
    presence.onChange((id) => {
      machine(id)
      contact(id)
    }),
    register.onChange(({ id }) => machine(id)),
    stock.onChange(({ id, machineId }) => {
      record(id)
      machine(machineId)
    }),
    deployments.onChange(({ id, machineId, state, image: pinned }) => {
      publisher.changed(`deployment ${id}`, async () => {
        const run = await deployments.get(id)
        return run && { type: 'deployment', deployment: await viewRun(run, sources) }
      })
      const place = 'step' in state ? `${state.kind} ${state.step}` : state.kind
      if (toldStates.get(id) === place) return
      if (state.kind === 'done' || state.kind === 'cancelled') toldStates.delete(id)
      else toldStates.set(id, place)
      machine(machineId)
      if (pinned) image(pinned.id)
    }),
    deployments.onLog((deploymentId, stepId, from, lines) =>
      hub.publish({ type: 'deployment-log', deploymentId, stepId, from, lines }),
    ),
    catalogue.images.onChange((change) => {
      if (change.type === 'image') image(change.image.id)
      else if (change.type === 'import') hub.publish({ type: 'import', import: presentImport(change.import) })
      else hub.publish(change)
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
