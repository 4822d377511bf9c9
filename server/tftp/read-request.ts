import type { Socket } from 'node:dgram'
import type { Route } from '../sockets/path-mtu.ts'
import type { TftpEvent, TransferFigures } from './events.ts'
import { negotiate } from './negotiation.ts'
import type { TransferLimits } from './negotiation.ts'
import type { OpenFile, Opener } from './opener.ts'
import { encodePacket, ERROR_CODE } from './packet.ts'
import type { Option } from './packet.ts'
import { errorPacket } from './request.ts'
import { planSegmentation } from './segmentation.ts'
import { startSession } from './session.ts'
import type { Session, SessionDependencies, SessionEnd } from './session.ts'
import type { Endpoint } from './transfer.ts'

/** A socket on the well-known port, and the address it is bound to. */
export type ListeningSocket = { socket: Socket; address: string }

/** A valid read request (RRQ), and the socket it came in by. */
export type ReadRequest = { client: Endpoint; path: string; options: readonly Option[]; via: ListeningSocket }

export type ReadRequestConfig = { device?: string; limits: TransferLimits }

export type ReadRequestDependencies = Omit<SessionDependencies, 'onMalformed'> & {
  open: Opener
  /** The largest IP packet of a way; undefined where that cannot be found out. */
  readMtu(route: Route): number | undefined
  onEvent(event: TftpEvent): void
}

/** Who gave the request: says, once the file is open, whether it is still wanted. */
export type ReadRequestOwner = { isWanted(): boolean; onSession(session: Session): void }

/** Where the kernel does not say what a way carries: an Ethernet's. */
const ETHERNET_MTU = 1500

const NOTHING_SENT: TransferFigures = { bytes: 0, ms: 0, retransmits: 0, options: [] }

/** Serves one request from the opening of the file to the closing of its socket. Never rejects: what fails is an event. */
export async function serveReadRequest(
  request: ReadRequest,
  config: ReadRequestConfig,
  dependencies: ReadRequestDependencies,
  owner: ReadRequestOwner,
): Promise<void> {
  const { client, path: file, options } = request
  dependencies.onEvent({ type: 'requested', client, file, options })
  try {
    const opened = await dependencies.open(file, client)
    if (opened.kind === 'file') return await serveFile(request, opened, config, dependencies, owner)
    const code = opened.kind === 'missing' ? ERROR_CODE.fileNotFound : ERROR_CODE.accessViolation
    sendError(request, dependencies, code, opened.reason)
    dependencies.onEvent({ type: opened.kind, client, file, reason: opened.reason })
  } catch (error) {
    sendError(request, dependencies, ERROR_CODE.undefined, 'The file cannot be served')
    dependencies.onEvent({ type: 'failed', client, file, reason: 'unreadable', detail: String(error), ...NOTHING_SENT })
  }
}

async function serveFile(
  request: ReadRequest,
  file: OpenFile,
  config: ReadRequestConfig,
  dependencies: ReadRequestDependencies,
  owner: ReadRequestOwner,
) {
  const { client, path } = request
  if (!owner.isWanted()) {
    await file.close()
    dependencies.onEvent({
      type: 'aborted',
      client,
      file: path,
      reason: 'no longer wanted when it was open',
      ...NOTHING_SENT,
    })
    return
  }
  const device = config.device === undefined ? {} : { device: config.device }
  const local = { address: request.via.address, ...device }
  const mtuBytes = dependencies.readMtu({ from: local.address, to: client.address, ...device }) ?? ETHERNET_MTU
  const agreement = negotiate(request.options, file.sizeBytes, { ...config.limits, mtuBytes })
  const segments = planSegmentation(agreement.blockBytes, agreement.windowBlocks, mtuBytes)
  const onMalformed = (from: Endpoint, reason: string) =>
    dependencies.onEvent({ type: 'malformed', client: from, reason })
  const session = await startSession({ client, local, file, agreement, segments }, { ...dependencies, onMalformed })
  owner.onSession(session)
  dependencies.onEvent(eventOfEnd(request, await session.ended))
}

function eventOfEnd({ client, path: file }: ReadRequest, { outcome, figures }: SessionEnd): TftpEvent {
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
  { client, via }: Pick<ReadRequest, 'client' | 'via'>,
  dependencies: Pick<ReadRequestDependencies, 'onEvent'>,
  code: number,
  message: string,
): void {
  via.socket.send(encodePacket(errorPacket(code, message)), client.port, client.address, (error) => {
    if (error) dependencies.onEvent({ type: 'socket-error', reason: error.message })
  })
}
