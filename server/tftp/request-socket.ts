import type { Socket } from 'node:dgram'
import type { TftpEvent, TransferFigures } from './events.ts'
import { negotiate } from './negotiation.ts'
import type { NegotiationLimits } from './negotiation.ts'
import type { OpenFile, Opener } from './opener.ts'
import { encodePacket, ERROR_CODE } from './packet.ts'
import type { Option } from './packet.ts'
import { errorPacket } from './request.ts'
import { planSegmentation } from './segmentation.ts'
import { startSession } from './session.ts'
import type { Session, SessionDeps, SessionEnd } from './session.ts'
import type { Endpoint } from './transfer.ts'

/** The socket a request came in by, and the address that socket is bound to. */
export type Door = { socket: Socket; address: string }

/** A read request that was judged fit to be served. */
export type Visit = { client: Endpoint; path: string; options: readonly Option[]; door: Door }

export type VisitConfig = { device?: string; limits: NegotiationLimits }

export type VisitDeps = Omit<SessionDeps, 'onMalformed'> & {
  open: Opener
  onEvent(event: TftpEvent): void
}

/** Whoever asks decides, once the file is open, whether it is still wanted. */
export type VisitOwner = { isWanted(): boolean; onSession(session: Session): void }

const NOTHING_SENT: TransferFigures = { bytes: 0, ms: 0, retransmits: 0, options: [] }

/** Serves one request from the opening of the file to the closing of its socket. Never rejects: what fails is an event. */
export async function serveVisit(visit: Visit, config: VisitConfig, deps: VisitDeps, owner: VisitOwner): Promise<void> {
  const { client, path: file, options } = visit
  deps.onEvent({ type: 'requested', client, file, options })
  try {
    const opened = await deps.open(file, client)
    if (opened.kind === 'file') return await serveFile(visit, opened, config, deps, owner)
    const code = opened.kind === 'missing' ? ERROR_CODE.fileNotFound : ERROR_CODE.accessViolation
    sendError(visit, deps, code, opened.reason)
    deps.onEvent({ type: opened.kind, client, file, reason: opened.reason })
  } catch (error) {
    sendError(visit, deps, ERROR_CODE.undefined, 'The file cannot be served')
    deps.onEvent({ type: 'failed', client, file, reason: 'unreadable', detail: String(error), ...NOTHING_SENT })
  }
}

async function serveFile(visit: Visit, file: OpenFile, config: VisitConfig, deps: VisitDeps, owner: VisitOwner) {
  const { client, path } = visit
  if (!owner.isWanted()) {
    await file.close()
    deps.onEvent({ type: 'aborted', client, file: path, reason: 'no longer wanted when it was open', ...NOTHING_SENT })
    return
  }
  const agreement = negotiate(visit.options, file.sizeBytes, config.limits)
  const segments = planSegmentation(agreement.blockBytes, agreement.windowBlocks, config.limits.mtuBytes)
  const local = { address: visit.door.address, ...(config.device === undefined ? {} : { device: config.device }) }
  const onMalformed = (from: Endpoint, reason: string) => deps.onEvent({ type: 'malformed', client: from, reason })
  const session = await startSession({ client, local, file, agreement, segments }, { ...deps, onMalformed })
  owner.onSession(session)
  deps.onEvent(eventOfEnd(visit, await session.ended))
}

function eventOfEnd({ client, path: file }: Visit, { outcome, figures }: SessionEnd): TftpEvent {
  switch (outcome.result) {
    case 'completed':
      return { type: 'completed', client, file, ...figures }
    case 'aborted':
      return { type: 'aborted', client, file, reason: outcome.reason, ...figures }
    case 'failed':
      return { type: 'failed', client, file, reason: outcome.reason, detail: outcome.detail, ...figures }
  }
}

/** Errors before a transfer leave by the well-known port: no port need be opened to say no. */
export function sendError(
  { client, door }: Pick<Visit, 'client' | 'door'>,
  deps: Pick<VisitDeps, 'onEvent'>,
  code: number,
  message: string,
): void {
  door.socket.send(encodePacket(errorPacket(code, message)), client.port, client.address, (error) => {
    if (error) deps.onEvent({ type: 'socket-error', reason: error.message })
  })
}
