import { mapFileName } from './file-name.ts'
import { decodePacket, ERROR_CODE, MalformedPacket } from './packet.ts'
import type { Option, Packet, Request } from './packet.ts'

type ErrorPacket = Extract<Packet, { op: 'error' }>

/** What a datagram at the server's well-known port is: the first packet of a transfer, or a reason why there is none. */
export type FirstPacket =
  | { kind: 'read'; path: string; options: readonly Option[] }
  | { kind: 'refused'; file: string; reason: string; answer: ErrorPacket }
  /** No answer is due, unless it looked like a request. */
  | { kind: 'malformed'; reason: string; answer?: ErrorPacket }

/** Classifies the first packet of a client: a read request in octet mode is served, anything else gets a reason why not. */
export function classifyFirstPacket(bytes: Uint8Array): FirstPacket {
  const packet = readPacket(bytes)
  if (packet instanceof MalformedPacket) {
    const reason = packet.message
    const looksLikeRequest = bytes[0] === 0 && (bytes[1] === 1 || bytes[1] === 2)
    if (!looksLikeRequest) return { kind: 'malformed', reason }
    return { kind: 'malformed', reason, answer: errorPacket(ERROR_CODE.illegalOperation, 'Malformed request') }
  }
  // Never an ERROR for an ERROR: two servers would answer each other for ever.
  if (packet.op !== 'read' && packet.op !== 'write')
    return { kind: 'malformed', reason: `${packet.op} without a transfer` }
  return classifyRequest(packet)
}

function classifyRequest(request: Request): FirstPacket {
  const { file, mode, options } = request
  const refuse = (code: number, reason: string): FirstPacket => {
    return { kind: 'refused', file, reason, answer: errorPacket(code, reason) }
  }
  if (request.op === 'write') return refuse(ERROR_CODE.accessViolation, 'This server is read-only')
  // netascii and mail have had no use in network boot; serving a kernel by netascii would damage it.
  if (mode.toLowerCase() !== 'octet') return refuse(ERROR_CODE.undefined, 'Only octet (binary) mode is served')
  const name = mapFileName(file)
  if (name.kind === 'refused') return refuse(ERROR_CODE.accessViolation, name.reason)
  return { kind: 'read', path: name.path, options }
}

function readPacket(bytes: Uint8Array): Packet | MalformedPacket {
  try {
    return decodePacket(bytes)
  } catch (error) {
    if (error instanceof MalformedPacket) return error
    throw error
  }
}

/** An ERROR whose message is short enough for every client's buffer. */
export function errorPacket(code: number, message: string): ErrorPacket {
  return { op: 'error', code, message: message.slice(0, 120) }
}
