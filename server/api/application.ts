import { ReadStream } from 'node:fs'
import { randomUUID } from 'node:crypto'
import fastifyCompress from '@fastify/compress'
import fastifyCookie from '@fastify/cookie'
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { agentPaths } from '../../agent/protocol/paths.ts'
import type { RunTokens } from './agent/run-tokens.ts'
import { agentRoutes, type AgentServices } from './agent/routes.ts'
import { bootRoutes, type BootServices } from './boot/routes.ts'
import { serveDashboard } from './dashboard.ts'
import { addDoors, type DoorServices } from './doors.ts'
import { deploymentActionRoutes } from './deployments/action-routes.ts'
import { deploymentRoutes } from './deployments/routes.ts'
import type { RunViewDependencies } from './deployments/views.ts'
import { eventRoutes, type EventServices } from './events/routes.ts'
import { refuseForeignText } from './foreign-text.ts'
import { addGate } from './gate.ts'
import { importRoutes } from './images/import-routes.ts'
import { uploadRoute } from './images/upload-route.ts'
import { imageRoutes, type ImageServices } from './images/routes.ts'
import { machineDecisionRoutes } from './machines/decision-routes.ts'
import { machineRoutes, type MachineServices } from './machines/routes.ts'
import { netbootRoutes, type NetbootViewServices } from './netboot/routes.ts'
import type { Metrics } from './metrics/registry.ts'
import { addOpenApi } from './open-api.ts'
import { SpelledResponse } from './header-spelling.ts'
import { addRefusals, notFound } from './refusals.ts'
import { addSecurityHeaders } from './security-headers.ts'
import { sequenceEditorRoutes, type SequenceEditorServices } from './sequences/editor-routes.ts'
import { sequenceRoutes, type SequenceServices } from './sequences/routes.ts'
import { sequenceTextRoutes } from './sequences/text-routes.ts'
import { stepTypeRoutes } from './step-types/routes.ts'
import { sessionRoutes, type SessionServices } from './session/routes.ts'
import { machineDriverRoute, type MachineDriverServices } from './catalogue/machine-route.ts'
import { catalogueRoutes, type CatalogueServices } from './catalogue/routes.ts'
import { softwareUploadRoute } from './catalogue/upload-route.ts'
import { stockRoutes } from './stock/routes.ts'
import type { RecordViewDependencies } from './stock/views.ts'

export type ApplicationServices = SessionServices &
  MachineServices &
  NetbootViewServices &
  RunViewDependencies &
  ImageServices &
  SequenceServices &
  SequenceEditorServices &
  CatalogueServices &
  MachineDriverServices &
  RecordViewDependencies &
  EventServices &
  AgentServices &
  DoorServices &
  BootServices & { runTokens: RunTokens; metrics: Metrics }

export type ApplicationOptions = { logger: FastifyBaseLogger; dashboardDir: string; dataDir: string; version: string }

/** How often Node looks for connections whose headers do not come (server/api/slow-clients.ts). */
export const connectionsCheckingInterval = 5000
/** Everything but uploads and reports is small. */
const usualBody = 256 * 1024

/** The whole HTTP side: API, agents, boot files, dashboard. It listens nowhere yet. */
export async function createApplication(
  services: ApplicationServices,
  options: ApplicationOptions,
): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: options.logger,
    http: { ServerResponse: SpelledResponse, connectionsCheckingInterval },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: usualBody,
    routerOptions: { maxParamLength: 200 },
    genReqId: () => randomUUID(),
    // Bodies are taken as they are: nothing is coerced, nothing dropped in silence.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allErrors: false } },
  })
  // Text that a simple HTML form of another site could send is never taken for a body.
  app.removeContentTypeParser('text/plain')
  // Presenters make exactly what the schemas say; the schemas are for the readers.
  app.setSerializerCompiler(() => (value) => JSON.stringify(value))
  addSecurityHeaders(app)
  addRefusals(app, options.dataDir)
  addDoors(app, services)
  refuseForeignText(app)
  countBytes(app, services.metrics)
  await app.register(fastifyCookie)
  await addOpenApi(app, options.version)
  await app.register(api(services), { prefix: '/api' })
  await app.register(agentRoutes(services))
  await app.register(bootRoutes(services), { prefix: '/boot' })
  app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }))
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('text/plain; version=0.0.4; charset=utf-8').send(await services.metrics.render()),
  )
  await serveDashboard(app, options.dashboardDir)
  return app
}

/** What people and their programs use; nothing of it without a session but signing in. */
function api(services: ApplicationServices) {
  return async (scope: FastifyInstance): Promise<void> => {
    // In this scope only: GRUB and the agents need the Content-Length that compression takes away. Bodies stay as they come,
    // since a decompressed one could be of any size.
    await scope.register(fastifyCompress, { encodings: ['br', 'gzip'], globalDecompression: false })
    addGate(scope, services.accounts, services.isSecure)
    scope.setNotFoundHandler(notFound)
    await scope.register(sessionRoutes(services), { prefix: '/session' })
    await scope.register(machineRoutes(services), { prefix: '/machines' })
    await scope.register(machineDecisionRoutes(services), { prefix: '/machines' })
    await scope.register(netbootRoutes(services), { prefix: '/netboot' })
    await scope.register(deploymentRoutes(services), { prefix: '/deployments' })
    await scope.register(deploymentActionRoutes(services), { prefix: '/deployments' })
    await scope.register(imageRoutes(services), { prefix: '/images' })
    await scope.register(importRoutes(services), { prefix: '/imports' })
    await scope.register(uploadRoute(services), { prefix: '/imports' })
    await scope.register(catalogueRoutes(services))
    await scope.register(machineDriverRoute(services), { prefix: '/machines' })
    await scope.register(softwareUploadRoute(services), { prefix: '/software' })
    await scope.register(sequenceRoutes(services), { prefix: '/sequences' })
    await scope.register(sequenceTextRoutes(services), { prefix: '/sequences' })
    await scope.register(stepTypeRoutes(), { prefix: '/step-types' })
    await scope.register(sequenceEditorRoutes(services), { prefix: '/sequences' })
    await scope.register(stockRoutes(services), { prefix: '/stock' })
    await scope.register(eventRoutes(services), { prefix: '/events' })
    scope.get('/openapi.json', { schema: { hide: true } }, async () => scope.swagger())
  }
}

const fileKinds = [
  [agentPaths.materials, 'material'],
  [agentPaths.images, 'image'],
  ['/boot/', 'boot'],
] as const

/** Bytes of files as they were read: the stream itself knows, and counting costs the transfer nothing. */
function countBytes(app: FastifyInstance, metrics: Metrics): void {
  const bytes = metrics.counter('etabli_http_file_bytes_total', 'Bytes of large files sent by HTTP.')
  app.addHook('onSend', async (request, _reply, payload) => {
    if (!(payload instanceof ReadStream)) return
    const kind = fileKinds.find(([prefix]) => request.url.startsWith(prefix))?.[1] ?? 'other'
    payload.once('close', () => bytes.add(payload.bytesRead, { kind }))
  })
}
