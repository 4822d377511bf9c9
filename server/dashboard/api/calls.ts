import type { Static } from 'typebox'
import type { DeploymentRequest, DeploymentView, RetryRequest, StepLogLine } from '../../api/deployments/schema.ts'
import type { ImageView, ImportView, Space } from '../../api/images/schema.ts'
import type { MachineSummary, MachineView, TraceEntry } from '../../api/machines/schema.ts'
import type { NewcomerListView } from '../../api/netboot/schema.ts'
import type { SequenceView } from '../../api/sequences/schema.ts'
import type {
  DriverCoverageView,
  DriverPackList,
  ProfileList,
  ReceivedView,
  SoftwareList,
  UpdateList,
} from '../../api/catalogue/schema.ts'
import type { Session } from '../state/session.ts'
import type {
  EvidenceView,
  RecordEventView,
  RecordList,
  RecordView,
  TransitionRequest,
} from '../../api/stock/schema.ts'
import type { StockFilter } from '../state/stock-list.ts'
import { ask } from './client.ts'

type List<T> = { items: T[]; next?: string | null }
const at = (...parts: string[]): string => `/api/${parts.map(encodeURIComponent).join('/')}`
const items = async <T>(path: string): Promise<T[]> => (await ask<List<T>>(path)).items
/** Every page of a list, one after the other. */
async function pages<T>(path: string): Promise<T[]> {
  const all: T[] = []
  for (let after: string | null = ''; after !== null;) {
    const from: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`
    const page: List<T> = await ask(`${path}${from}`)
    all.push(...page.items)
    after = page.next ?? null
  }
  return all
}

export const readSession = (): Promise<Session> => ask(at('session'))
export const signIn = (user: string, password: string): Promise<Session> =>
  ask(at('session'), { method: 'POST', json: { user, password } })
export const changePassword = (current: string, next: string): Promise<unknown> =>
  ask(at('session', 'password'), { method: 'PUT', json: { current, next } })
export const signOut = (): Promise<unknown> => ask(at('session'), { method: 'DELETE' })

/** Those on the bench; any other is asked for by its id. */
export const listMachines = (): Promise<MachineSummary[]> => pages(`${at('machines')}?on=bench`)
export const readMachine = (id: string): Promise<MachineView> => ask(at('machines', id))
export const readTrace = (id: string): Promise<TraceEntry[]> => items(at('machines', id, 'trace'))
export const renameMachine = (id: string, name: string | null): Promise<MachineView> =>
  ask(at('machines', id), { method: 'PATCH', json: { name } })
export const joinMachines = (id: string, other: string): Promise<MachineView> =>
  ask(at('machines', id, 'join'), { method: 'POST', json: { other } })
export const keepApart = (id: string, other: string): Promise<MachineView> =>
  ask(at('machines', id, 'apart'), { method: 'POST', json: { other } })
export const forgetMachine = (id: string): Promise<unknown> => ask(at('machines', id), { method: 'DELETE' })

export const listNewcomers = (): Promise<NewcomerListView> => ask(at('netboot', 'newcomers'))

/** Those that the bench's cards show. */
export const listDeployments = (): Promise<DeploymentView[]> => pages(`${at('deployments')}?on=bench`)
export const readDeployment = (id: string): Promise<DeploymentView> => ask(at('deployments', id))
/** The whole log: the server gives it in pages, the last one empty. */
export async function readLog(id: string): Promise<StepLogLine[]> {
  const lines: StepLogLine[] = []
  let after: string | null = '0'
  while (after !== null) {
    const page: List<StepLogLine> = await ask(`${at('deployments', id, 'log')}?after=${after}`)
    lines.push(...page.items)
    after = page.items.length === 0 ? null : (page.next ?? null)
  }
  return lines
}
export const startDeployments = (request: DeploymentRequest): Promise<List<DeploymentView>> =>
  ask(at('deployments'), { method: 'POST', json: request })
export const cancelDeployment = (id: string): Promise<DeploymentView> =>
  ask(at('deployments', id, 'cancel'), { method: 'POST', json: {} })
export const retryDeployment = (id: string, request: RetryRequest): Promise<DeploymentView> =>
  ask(at('deployments', id, 'retry'), { method: 'POST', json: request })

export function listRecords({ state, search }: StockFilter, after: string | null): Promise<Static<typeof RecordList>> {
  const query = new URLSearchParams()
  if (state !== null) query.set('state', state)
  if (search.trim() !== '') query.set('search', search.trim())
  if (after !== null) query.set('after', after)
  return ask(`${at('stock')}?${query}`)
}
export const readRecord = (id: string): Promise<RecordView> => ask(at('stock', id))
export const readEvidence = (id: string): Promise<EvidenceView> => ask(at('stock', id, 'evidence'))
export const readHistory = (id: string): Promise<RecordEventView[]> => items(at('stock', id, 'history'))
export const moveRecord = (id: string, request: Static<typeof TransitionRequest>): Promise<RecordView> =>
  ask(at('stock', id, 'transitions'), { method: 'POST', json: request })

export const listImages = (): Promise<ImageView[]> => items(at('images'))
export const removeImage = (id: string): Promise<unknown> => ask(at('images', id), { method: 'DELETE' })
export const readSpace = (): Promise<Space> => ask(at('images', 'space'))
export const listImports = (): Promise<ImportView[]> => items(at('imports'))
export const importPath = (path: string): Promise<ImportView> => ask(at('imports'), { method: 'POST', json: { path } })
export const openUpload = (fileName: string, sizeBytes: number): Promise<ImportView> =>
  ask(at('imports'), { method: 'POST', json: { fileName, sizeBytes } })
export const sendChunk = (id: string, offset: number, body: Blob, signal: AbortSignal): Promise<ImportView> =>
  ask(`${at('imports', id, 'content')}?offset=${offset}`, {
    method: 'PUT',
    raw: { body, type: 'application/octet-stream' },
    signal,
  })
export const prepareImport = (id: string, editions: number[]): Promise<ImportView> =>
  ask(at('imports', id, 'prepare'), { method: 'POST', json: { editions } })
export const removeImport = (id: string): Promise<unknown> => ask(at('imports', id), { method: 'DELETE' })

export const listSoftware = (): Promise<SoftwareList> => ask(at('software'))
export const listDriverPacks = (): Promise<DriverPackList> => ask(at('driver-packs'))
export const listUpdates = (): Promise<UpdateList> => ask(at('updates'))
export const listProfiles = (): Promise<ProfileList> => ask(at('debloat-profiles'))
export const readCoverage = (id: string, imageId: string | null): Promise<DriverCoverageView> =>
  ask(`${at('machines', id, 'drivers')}${imageId === null ? '' : `?imageId=${encodeURIComponent(imageId)}`}`)
/** An installer on its way: `upload` tells it from another page's of the same name. */
type ArrivingFile = { id: string; name: string; upload: string }
export const readReceived = ({ id, name, upload }: ArrivingFile): Promise<Pick<ReceivedView, 'receivedBytes'>> =>
  ask(`${at('software', id, 'files', name)}?upload=${upload}`)
export const sendInstallerChunk = (
  { id, name, upload, offset, size }: ArrivingFile & { offset: number; size: number },
  body: Blob,
  signal: AbortSignal,
): Promise<ReceivedView> =>
  ask(`${at('software', id, 'files', name)}?offset=${offset}&size=${size}&upload=${upload}`, {
    method: 'PUT',
    raw: { body, type: 'application/octet-stream' },
    signal,
  })

export const listSequences = (): Promise<SequenceView[]> => items(at('sequences'))
/** A shipped sequence that it replaced is back then. */
export const removeSequence = (id: string): Promise<unknown> => ask(at('sequences', id), { method: 'DELETE' })
export const saveSequence = (id: string, source: string): Promise<SequenceView> =>
  ask(at('sequences', id), { method: 'PUT', raw: { body: source, type: 'text/yaml' } })
