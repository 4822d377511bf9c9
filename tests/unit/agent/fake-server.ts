import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { listenAt, ownLoopbackAddress } from '../../machine/loopback.ts'
import { makeTestIdentity } from '../../machine/test-identity.ts'
import type { KeyPin } from '../../../agent/protocol/key-pin.ts'
import { Value } from 'typebox/value'
import { Hello, Report, type Verdict, type Welcome, type Work } from '../../../agent/protocol/messages.ts'
import { agentPaths } from '../../../agent/protocol/paths.ts'

/** A server that speaks the agent's protocol: it hands out what the test puts into `work` and keeps what it is told. */
export type FakeServer = {
  url: URL
  pin: KeyPin
  /** What it says the time is; this machine's unless the test has another. */
  now: () => Date
  hellos: Hello[]
  reports: Report[]
  polls: number
  /** What the next polls are answered with; the last one stays. */
  work: Work[]
  verdict: (report: Report) => Verdict | number
  sessions: Set<string>
  images: Map<string, (request: IncomingMessage, response: ServerResponse) => void>
  /** Closes every connection and the port, as a crash does. */
  die(): Promise<void>
  /** Listens on the same port again. */
  comeBack(): Promise<void>
  until(condition: () => boolean, what: string): Promise<void>
}

export async function startFakeServer(): Promise<FakeServer> {
  const waiting = new Set<() => void>()
  const host = ownLoopbackAddress()
  const identity = await makeTestIdentity()
  let server = createServer(identity, answer)
  const port = await listenAt(server, host, 0)
  const fake: FakeServer = {
    url: new URL(`https://${host}:${port}`),
    pin: identity.pin,
    now: () => new Date(),
    hellos: [],
    reports: [],
    polls: 0,
    work: [{ kind: 'wait' }],
    verdict: () => 'accepted',
    sessions: new Set(),
    images: new Map(),
    die: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
    comeBack: async () => {
      server = createServer(identity, answer)
      await listenAt(server, host, port)
    },
    until: async (condition, what) => {
      const timeout = new Promise<never>((_resolve, reject) =>
        setTimeout(() => reject(new Error(`never: ${what}`)), 15_000),
      )
      while (!condition()) await Promise.race([timeout, new Promise<void>((resolve) => waiting.add(resolve))])
    },
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    respond(request, response)
      .catch((error: unknown) => response.writeHead(500).end(String(error)))
      .finally(() => {
        for (const wake of waiting) wake()
        waiting.clear()
      })
  }

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const json = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    const bearer = request.headers.authorization?.replace('Bearer ', '') ?? ''
    const image = fake.images.get(request.url ?? '')
    if (image !== undefined) return image(request, response)
    if (request.url === agentPaths.hello) {
      fake.hellos.push(Value.Parse(Hello, await bodyOf(request)))
      const session = `session-${fake.hellos.length}`
      fake.sessions.add(session)
      const pageUrl = `${fake.url.href}machines/m1`
      const clock = { at: fake.now().toISOString(), utcOffsetMinutes: 60 }
      const welcome: Welcome = { machineId: 'm1', session, code: 'K7F2', label: 'NUC-01', pageUrl, locale: 'fr', clock }
      return json(200, welcome)
    }
    if (request.url === agentPaths.work) {
      fake.polls += 1
      if (!fake.sessions.has(bearer)) return json(401, { code: 'SESSION_UNKNOWN', message: '', fix: '' })
      const [now] = fake.work.length > 1 ? fake.work.splice(0, 1) : fake.work
      return json(200, now)
    }
    const report = Value.Parse(Report, await bodyOf(request))
    const verdict = fake.verdict(report)
    if (typeof verdict === 'number') return json(verdict, { code: 'REFUSED', message: '', fix: '' })
    fake.reports.push(report)
    json(200, { verdict })
  }
  return fake
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) if (chunk instanceof Buffer) chunks.push(chunk)
  const parsed: unknown = JSON.parse(Buffer.concat(chunks).toString())
  return parsed
}
