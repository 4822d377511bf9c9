import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Hello, Report, ReportAnswer, Welcome, Work } from '../../../agent/protocol/messages.ts'
import { agentPaths } from '../../../agent/protocol/paths.ts'
import { requestRefusal } from '../messages.ts'
import type { RateLimit } from '../rate-limit.ts'
import { ErrorView } from '../session/schema.ts'
import { bearerToken } from '../token.ts'
import type { AgentService } from './agent-service.ts'
import { cleaned } from './cleaned.ts'
import { agentFileRoutes, type AgentFileServices } from './file-routes.ts'

export type AgentServices = AgentFileServices & { agents: AgentService; hellos: RateLimit }

/** A server with 512 devices, 64 disks and 64 memory modules says 150 KB; and 500 log lines of 4096 characters, escaped. */
const longestHello = 256 * 1024
const longestReport = 8 * 1024 * 1024

/** What agents and the server say to each other: see agent/protocol/messages.ts. */
export function agentRoutes({ agents, hellos, ...files }: AgentServices): FastifyPluginAsyncTypebox {
  const { runTokens } = files
  const runToken = (request: FastifyRequest): string | null => bearerToken(request.headers.authorization)
  return async (app) => {
    app.post(
      agentPaths.hello,
      {
        bodyLimit: longestHello,
        schema: { hide: true, body: Hello, response: { 200: Welcome, 429: ErrorView } },
        onRequest: async (request) => {
          const seconds = hellos.take(request.ip)
          if (seconds > 0) throw requestRefusal('TOO_MANY_REQUESTS', { seconds })
        },
      },
      async ({ body, ip, log }) => {
        const welcome = await agents.welcome(cleaned(Hello, body) as Hello, ip)
        log.info({ machine: welcome.machineId, label: welcome.label, phase: body.phase, address: ip }, 'agent hello')
        return welcome
      },
    )
    app.get(
      agentPaths.work,
      { exposeHeadRoute: false, schema: { hide: true, response: { 200: Work, 401: ErrorView } } },
      async (request, reply) => {
        const left = new AbortController()
        reply.raw.once('close', () => left.abort())
        return agents.work(bearerToken(request.headers.authorization), request.ip, left.signal)
      },
    )
    app.post(
      agentPaths.reports,
      {
        bodyLimit: longestReport,
        schema: { hide: true, body: Report, response: { 200: ReportAnswer, 403: ErrorView } },
      },
      async (request) => ({
        verdict: await agents.report(
          await runTokens.rights(runToken(request)),
          cleaned(Report, request.body) as Report,
          request.ip,
        ),
      }),
    )
    await app.register(agentFileRoutes(files))
  }
}
