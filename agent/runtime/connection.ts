import type { IncomingMessage } from 'node:http'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { ReportAnswer, Welcome, Work, type Hello, type Report, type Verdict } from '../protocol/messages.ts'
import { agentPaths } from '../protocol/paths.ts'
import type { Description } from '../../text/messages.ts'
import { ServerKeyError } from './connection-errors.ts'
import { TransportError, type Request, type Transport } from './transport.ts'

/** What became of a request to the server. */
export type Reply<Answer> =
  | { kind: 'answered'; answer: Answer }
  /** Any status but 200. */
  | { kind: 'refused'; status: number }
  /** Whoever is at the server's address does not have its key: nothing was asked. */
  | { kind: 'untrusted'; error: ServerKeyError }
  /** No answer, a connection that broke off, or an answer of a shape that is not ours. */
  | { kind: 'unreachable'; problem: string }

/** The server as an agent sees it. Every call rejects with the signal's reason when it is cancelled, and with nothing else. */
export type Connection = {
  hello(hello: Hello, signal: AbortSignal): Promise<Reply<Welcome>>
  /** Held back by the server until there is news. */
  work(session: string, signal: AbortSignal): Promise<Reply<Work>>
  report(token: string, report: Report, signal: AbortSignal): Promise<Reply<Verdict>>
  /** A file from byte `offset` on; status and bytes are the caller's to read. Throws `TransportError`, `ServerKeyError` without an answer. */
  open(path: string, token: string, offset: number, signal: AbortSignal): Promise<IncomingMessage>
}

/** How long the server may be silent. It holds a poll for 25 s at most; silent in the middle of a file, it has failed. */
const silenceMs = { hello: 20_000, work: 40_000, report: 20_000, file: 30_000 }

/** The agent API over TLS: makes the requests, checks the answers' shapes. */
export function openConnection(transport: Transport): Connection {
  const ask = async <Schema extends TSchema>(request: Request, schema: Schema): Promise<Reply<Static<Schema>>> => {
    try {
      const { status, body } = await transport.send(request)
      if (status !== 200) return { kind: 'refused', status }
      if (Value.Check(schema, body)) return { kind: 'answered', answer: body }
      return { kind: 'unreachable', problem: `${request.path} was answered with something unknown` }
    } catch (error) {
      if (error instanceof ServerKeyError) return { kind: 'untrusted', error }
      if (error instanceof TransportError) return { kind: 'unreachable', problem: error.message }
      throw error
    }
  }
  return {
    hello: (body, signal) => {
      const { hello: path } = agentPaths
      return ask({ method: 'POST', path, body, silenceMs: silenceMs.hello, signal }, Welcome)
    },
    work: (bearer, signal) => {
      const { work: path } = agentPaths
      return ask({ method: 'GET', path, bearer, silenceMs: silenceMs.work, signal }, Work)
    },
    report: async (bearer, body, signal) => {
      const { reports: path } = agentPaths
      const reply = await ask({ method: 'POST', path, bearer, body, silenceMs: silenceMs.report, signal }, ReportAnswer)
      return reply.kind === 'answered' ? { kind: 'answered', answer: reply.answer.verdict } : reply
    },
    open: (path, bearer, offset, signal) => transport.open({ path, bearer, offset, silenceMs: silenceMs.file, signal }),
  }
}

/** Why there was no answer: a line for the log, and what a person can do about it where there is something. */
export type ConnectionProblem = { text: string; description: Description | null }

export function problemOf(what: string, reply: Exclude<Reply<unknown>, { kind: 'answered' }>): ConnectionProblem {
  switch (reply.kind) {
    case 'refused':
      return { text: `${what} was answered with status ${reply.status}`, description: null }
    case 'untrusted':
      return { text: `${reply.error.code} ${reply.error.message}`, description: reply.error.description }
    case 'unreachable':
      return { text: reply.problem, description: null }
  }
}
