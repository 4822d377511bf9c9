import type { ImageCatalogue } from '../catalogue/images/image-catalogue.ts'
import type { ImportStatus } from '../catalogue/images/imports/import-status.ts'
import type { Deployments } from '../deployments/deployments.ts'
import type { Run } from '../deployments/run/run.ts'
import type { LogLine } from '../../agent/protocol/messages.ts'
import type { Strangers } from '../machines/claims/strangers.ts'
import type { PresenceTracker } from '../machines/presence.ts'
import type { Register } from '../machines/register.ts'
import type { Newcomers } from '../netboot/newcomers.ts'
import type { Stock } from '../stock/stock.ts'

/** One thing that people see has changed. Most changes only name it: whoever presents it reads it as it is by then. */
export type Change =
  | { kind: 'machine' | 'record' | 'deployment' | 'image'; id: string }
  /** A sign of life of the machine's agent, or its silence: nothing of the run itself says so. */
  | { kind: 'contact'; machineId: string }
  | { kind: 'newcomers' }
  | { kind: 'machine-removed' | 'image-removed' | 'import-removed'; id: string }
  | { kind: 'import'; import: ImportStatus }
  | { kind: 'deployment-log'; deploymentId: string; stepId: string; from: number; lines: LogLine[] }

export type ChangingServices = {
  presence: Pick<PresenceTracker, 'onChange'>
  strangers: Pick<Strangers, 'onChange'>
  register: Pick<Register, 'onChange' | 'onRemoved'>
  stock: Pick<Stock, 'onChange'>
  deployments: Pick<Deployments, 'onChange' | 'onLog'>
  catalogue: { images: Pick<ImageCatalogue, 'onChange'> }
  newcomers: Pick<Newcomers, 'onChange'>
}

/**
 * Tells of every change in the services, and of what else it changes: a run that enters a step changes its machine's card
 * and its image's count of runs.
 *
 * @returns how to stop watching.
 */
export function watchChanges(services: ChangingServices, onChange: (change: Change) => void): () => void {
  const { presence, strangers, register, stock, deployments, catalogue, newcomers } = services
  const hasMoved = createMoveDetector()
  const stops = [
    presence.onChange((machineId) => {
      onChange({ kind: 'machine', id: machineId })
      onChange({ kind: 'contact', machineId })
    }),
    newcomers.onChange(() => onChange({ kind: 'newcomers' })),
    strangers.onChange((id) => onChange({ kind: 'machine', id })),
    register.onChange(({ id }) => onChange({ kind: 'machine', id })),
    register.onRemoved((id) => onChange({ kind: 'machine-removed', id })),
    stock.onChange(({ id, machineId }) => {
      onChange({ kind: 'record', id })
      onChange({ kind: 'machine', id: machineId })
    }),
    deployments.onChange((run) => {
      onChange({ kind: 'deployment', id: run.id })
      if (!hasMoved(run)) return
      onChange({ kind: 'machine', id: run.machineId })
      if (run.image) onChange({ kind: 'image', id: run.image.id })
    }),
    deployments.onLog((deploymentId, stepId, from, lines) =>
      onChange({ kind: 'deployment-log', deploymentId, stepId, from, lines }),
    ),
    catalogue.images.onChange((change) => {
      if (change.type === 'image') onChange({ kind: 'image', id: change.image.id })
      else if (change.type === 'import') onChange({ kind: 'import', import: change.import })
      else onChange({ kind: change.type, id: change.id })
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

/** Whether a run is at another step, or in another state, than at its last change; progress alone is no move. */
function createMoveDetector(): (run: Pick<Run, 'id' | 'state'>) => boolean {
  const lastPlaces = new Map<string, string>()
  return ({ id, state }) => {
    const place = 'step' in state ? `${state.kind} ${state.step}` : state.kind
    if (lastPlaces.get(id) === place) return false
    if (state.kind === 'done' || state.kind === 'cancelled') lastPlaces.delete(id)
    else lastPlaces.set(id, place)
    return true
  }
}
