import type { IncomingMessage } from 'node:http'
import { backoffMs } from './backoff.ts'
import { startOf } from '../protocol/byte-range.ts'
import type { Failure } from '../protocol/messages.ts'
import { StepError, type StepContext } from './step.ts'

/** A file of the server, and what it means when it cannot be had. */
export type Download = {
  path: string
  sizeBytes: number
  /** For the log. */
  name: string
  missing(): Failure
  /** Nothing came for too long. */
  interrupted(received: number, detail: string): Failure
  /** The server has another length. */
  changed(actual: string): Failure
}

/** How long nothing may arrive before the step gives up: a server's restart or a pulled cable put back is shorter. */
const patienceMs = 5 * 60_000

/**
 * All the file's bytes, whatever happens on the way: where a connection breaks, the next one goes on
 * at the very byte (RFC 9110 §14.2), so that whoever reads them notices a pause and nothing else.
 * Throws StepError with one of the download's failures, or the signal's reason.
 */
export async function* bytesOf(context: StepContext, file: Download): AsyncGenerator<Buffer> {
  const { clock, signal } = context
  let offset = 0
  let failures = 0
  let receivedAtMs = clock.elapsedMs()
  while (offset < file.sizeBytes) {
    let problem = 'the connection ended early'
    try {
      const response = await context.open(file.path, offset)
      const answer = judge(response, offset, file)
      if (answer.kind === 'refused') {
        response.destroy()
        problem = answer.problem
      } else {
        for await (const chunk of skipped(response, answer.skip)) {
          const piece = chunk.subarray(0, file.sizeBytes - offset)
          offset += piece.length
          receivedAtMs = clock.elapsedMs()
          failures = 0
          yield piece
        }
      }
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof StepError) throw error
      problem = error instanceof Error ? error.message : String(error)
    }
    if (offset >= file.sizeBytes) return
    if (clock.elapsedMs() - receivedAtMs > patienceMs) {
      throw new StepError(file.interrupted(offset, problem))
    }
    if (failures === 0 || failures % 10 === 0)
      context.log('warning', `${file.name} stopped at byte ${offset}: ${problem}; trying again`)
    failures += 1
    await clock.sleep(backoffMs(failures - 1), signal)
  }
}

type Judged = { kind: 'accepted'; skip: number } | { kind: 'refused'; problem: string }

/** 206 has to begin where we asked; a server without ranges answers 200 and its first bytes are passed over. */
function judge(response: IncomingMessage, offset: number, file: Download): Judged {
  const status = response.statusCode ?? 0
  if (status === 200) return { kind: 'accepted', skip: offset }
  if (status === 206) {
    const range = response.headers['content-range']
    return startOf(range) === offset
      ? { kind: 'accepted', skip: 0 }
      : { kind: 'refused', problem: `range ${range ?? 'not said'}` }
  }
  if (status === 404 && offset === 0) throw new StepError(file.missing())
  if (status === 416) throw new StepError(file.changed(`shorter than ${offset}`))
  return { kind: 'refused', problem: `status ${status}` }
}

async function* skipped(response: IncomingMessage, count: number): AsyncGenerator<Buffer> {
  let left = count
  for await (const chunk of response) {
    if (!(chunk instanceof Buffer)) continue
    if (chunk.length > left) yield left === 0 ? chunk : chunk.subarray(left)
    left = Math.max(0, left - chunk.length)
  }
}
