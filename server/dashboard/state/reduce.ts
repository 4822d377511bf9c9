import type { DeploymentView, StepLogLine } from '../../api/deployments/schema.ts'
import type { ImageView, ImportView } from '../../api/images/schema.ts'
import type { MachineSummary } from '../../api/machines/schema.ts'
import type { NewcomerListView } from '../../api/netboot/schema.ts'
import type { RecordView } from '../../api/stock/schema.ts'
import type { LiveEvent } from '../../api/events/schema.ts'

type ById<T> = Readonly<Record<string, T>>

/** Everything the pages show of the server, as last heard. */
export type Workshop = {
  machines: ById<MachineSummary>
  deployments: ById<DeploymentView>
  /** Those that a page has asked for, and those that changed since. */
  records: ById<RecordView>
  images: ById<ImageView>
  imports: ById<ImportView>
  /** Who is on the network and no machine; the server's own choice of them. */
  newcomers: NewcomerListView
  /** Lines of the runs somebody looks at; a run without an entry here is not followed. */
  logs: ById<readonly StepLogLine[]>
}

export type Lists = {
  machines: readonly MachineSummary[]
  deployments: readonly DeploymentView[]
  images: readonly ImageView[]
  imports: readonly ImportView[]
  newcomers: NewcomerListView
}

/** What happens on this side, beside the server's events. */
export type LocalEvent =
  | { type: 'loaded'; lists: Lists }
  | { type: 'records-read'; records: readonly RecordView[] }
  | { type: 'log-opened'; deploymentId: string }
  | { type: 'log-loaded'; deploymentId: string; lines: readonly StepLogLine[] }
  | { type: 'log-closed'; deploymentId: string }

export const emptyWorkshop: Workshop = {
  machines: {},
  deployments: {},
  records: {},
  images: {},
  imports: {},
  newcomers: { items: [], next: null, more: 0, overflown: false },
  logs: {},
}

/** The workshop after an event; never changes the one before it. */
export function reduce(state: Workshop, event: LiveEvent | LocalEvent): Workshop {
  switch (event.type) {
    case 'machine':
      return { ...state, machines: put(state.machines, event.machine) }
    case 'machine-removed':
      return {
        ...state,
        machines: without(state.machines, event.id),
        records: ofOthers(state.records, event.id),
        deployments: ofOthers(state.deployments, event.id),
      }
    case 'deployment':
      return { ...state, deployments: put(state.deployments, event.deployment) }
    case 'newcomers':
      return { ...state, newcomers: event.newcomers }
    case 'record':
      return {
        ...state,
        records: put(state.records, event.record),
        machines: withState(state.machines, event.record),
      }
    case 'image':
      return { ...state, images: put(state.images, event.image) }
    case 'image-removed':
      return { ...state, images: without(state.images, event.id) }
    case 'import':
      return { ...state, imports: put(state.imports, event.import) }
    case 'import-removed':
      return { ...state, imports: without(state.imports, event.id) }
    case 'deployment-log':
      return followed(state, event.deploymentId, linesOf(state, event))
    case 'loaded':
      return { ...state, ...byIds(event.lists) }
    case 'records-read':
      return { ...state, records: { ...state.records, ...indexOf(event.records) } }
    case 'log-opened':
      return { ...state, logs: { [event.deploymentId]: [], ...state.logs } }
    case 'log-loaded':
      return followed(state, event.deploymentId, event.lines)
    case 'log-closed':
      return { ...state, logs: without(state.logs, event.deploymentId) }
  }
  return event satisfies never
}

function put<T extends { id: string }>(all: ById<T>, one: T): ById<T> {
  return { ...all, [one.id]: one }
}

/** The machine of a record that has been moved here; its own event comes a moment later. */
function withState(machines: Workshop['machines'], { machineId, state }: RecordView): Workshop['machines'] {
  const machine = machines[machineId]
  if (machine === undefined || machine.recordState === state) return machines
  return put(machines, { ...machine, recordState: state })
}

function without<T>(all: ById<T>, id: string): ById<T> {
  return Object.fromEntries(Object.entries(all).filter(([key]) => key !== id))
}

/** A machine that is gone takes its record and its runs along. */
function ofOthers<T extends { machineId: string }>(all: ById<T>, machineId: string): ById<T> {
  return Object.fromEntries(Object.entries(all).filter(([, one]) => one.machineId !== machineId))
}

function indexOf<T extends { id: string }>(list: readonly T[]): ById<T> {
  return Object.fromEntries(list.map((one) => [one.id, one]))
}

function byIds(lists: Lists): Omit<Workshop, 'logs' | 'records'> {
  return {
    machines: indexOf(lists.machines),
    deployments: indexOf(lists.deployments),
    images: indexOf(lists.images),
    imports: indexOf(lists.imports),
    newcomers: lists.newcomers,
  }
}

/** A live line does not say its attempt: it is the one its step is in now. */
function linesOf(state: Workshop, event: Extract<LiveEvent, { type: 'deployment-log' }>): StepLogLine[] {
  const step = state.deployments[event.deploymentId]?.steps.find((one) => one.id === event.stepId)
  return event.lines.map((line, index) => ({
    stepId: event.stepId,
    attempt: step?.attempt ?? 1,
    number: event.from + index,
    line,
  }))
}

/** Adds lines to a log somebody follows. The fetched log and the live one overlap: a line counts once. */
function followed(state: Workshop, id: string, lines: readonly StepLogLine[]): Workshop {
  const before = state.logs[id]
  if (before === undefined) return state
  const key = (line: StepLogLine): string => `${line.stepId} ${line.attempt} ${line.number}`
  const seen = new Set(before.map(key))
  const added = lines.filter((line) => !seen.has(key(line)))
  if (added.length === 0) return state
  const all = [...before, ...added]
  // Only a fetched log can bring lines that are older than those at hand.
  const late = before.length > 0 && (added[0]?.line.at ?? '') < (before.at(-1)?.line.at ?? '')
  return { ...state, logs: { ...state.logs, [id]: late ? inOrder(all) : all } }
}

function inOrder(lines: StepLogLine[]): StepLogLine[] {
  return lines.toSorted((a, b) =>
    a.stepId === b.stepId && a.attempt === b.attempt ? a.number - b.number : a.line.at < b.line.at ? -1 : 1,
  )
}
