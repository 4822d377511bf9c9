import type { Server } from 'node:http'
import { resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { parseSequence } from '../../tasksequences/parse/parse-sequence.ts'
import { createAgentKeys } from '../api/agent/agent-keys.ts'
import { createFirstHellos } from '../api/agent/first-hellos.ts'
import { createAgentService } from '../api/agent/agent-service.ts'
import { createRunTokens } from '../api/agent/run-tokens.ts'
import { createStepCredentials } from '../api/agent/step-credentials.ts'
import { createAgentSessions } from '../api/agent/sessions.ts'
import type { Patience } from '../machines/claims/claims.ts'
import { createApplication } from '../api/application.ts'
import type { Metrics } from '../api/metrics/registry.ts'
import { cutSlowClients } from '../api/slow-clients.ts'
import { createRateLimit } from '../api/rate-limit.ts'
import type { Accounts } from '../api/session/accounts.ts'
import { openClaims } from './claims.ts'
import type { Meeting } from '../machines/register.ts'
import type { NetbootServices } from './netboot.ts'
import type { Config } from '../configuration/read.ts'
import type { LiveServices } from './live.ts'
import type { AgentServer } from '../netboot/grub-config.ts'
import type { Identity } from '../tls/identity.ts'
import { benchSide } from './bench-side.ts'
import { listenTls } from './tls.ts'

/** Where HTTP is spoken, and where TLS. */
export type HttpPorts = { plain: number; tls: number }

export type HttpOptions = {
  log: Logger
  now: () => Date
  version: string
  /** How long an agent's poll without news is held. */
  holdMs: number
  /** With machines that fall silent; the usual one when not given. */
  patience: Patience | undefined
  /** Milliseconds of a clock that never goes back. */
  elapsedMs: () => number
  /** Who we are to agents. */
  identity: Identity
  /** Asked late, since a port may be any free one. */
  ports: () => HttpPorts
  /** Where browsers reach the server. */
  url: () => string
  /** `ADDRESS:PORT` for GRUB and the initrd, which know no names. */
  machineServer: () => string
  /** Where agents reach us by TLS, and what they know us by. */
  agentServer: () => AgentServer
}

/** Whole deliveries at once; of invented machines so many that neither disk nor memory feels them. */
const mostFirstHellos = { most: 2000, refillMs: 2000 }

/** Downloads and uploads that still go on after this are cut; agents and browsers take them up again. */
const closingGraceMs = 2000

/** Opens HTTP, plain and over TLS, for browsers, machines and agents. */
export async function openHttp(
  config: Config,
  opened: AsyncDisposableStack,
  services: { live: LiveServices; netboot: NetbootServices; accounts: Accounts; metrics: Metrics },
  options: HttpOptions,
): Promise<HttpPorts> {
  const { live, netboot, accounts, metrics } = services
  const { views, hub } = live
  const { now, elapsedMs, log, version, url } = options
  const closing = new AbortController()
  const { store, deployments, strangers, secrets } = views
  const sessions = createAgentSessions(store, now)
  const { patience, elapsedMs: nowMs } = options
  const claims = openClaims({ deployments, sessions, strangers }, opened, { log, nowMs, patience })
  const holds = async (machineId: string, bootId: string) => (await claims.standing(machineId, bootId)) === 'holds'
  const runTokens = createRunTokens({ store, deployments, holds, now })
  const agentKeys = createAgentKeys(store, now)
  const agents = createAgentService({
    ...views,
    trace: netboot.trace,
    addresses: netboot.addresses,
    cards: netboot.cards,
    ...{ claims, sessions, runTokens, agentKeys },
    firstHellos: createFirstHellos({ nowMs, ...mostFirstHellos }),
    credentials: createStepCredentials({ deployments, runTokens, agentKeys, secrets }),
    publicUrl: url,
    language: config.language,
    holdMs: options.holdMs,
    closing: closing.signal,
    onMeeting: (meeting) => logMeeting(meeting, log),
    onUnproven: (machine, address) =>
      log.warn({ machine: machine.id, address, code: 'AGENT_UNPROVEN' }, 'agent in Windows without its key'),
  })
  const app = await createApplication(
    {
      ...views,
      trace: netboot.trace,
      accounts,
      hub,
      metrics,
      runTokens,
      agents,
      parse: parseSequence,
      closing: closing.signal,
      hellos: createRateLimit({ elapsedMs, burst: 30, refillMs: 2000, keys: 10_000 }),
      boot: netboot.service && {
        ...netboot,
        service: netboot.service,
        server: options.machineServer,
        agents: options.agentServer,
      },
      doors: {
        http: config['dashboard.http'],
        onBench: config['dashboard.onBench'] === 'yes',
        tlsPort: () => options.ports().tls,
        isOnBench: benchSide(config.interface),
      },
      // A plain request to an operator's https address has come through his proxy.
      isSecure: ({ protocol }) => protocol === 'https' || (config.publicUrl?.startsWith('https:') ?? false),
      server: () => ({
        version,
        publicUrl: url(),
        dhcpMode: config['dhcp.mode'],
        interface: config.interface,
        environment: netboot.environment(),
      }),
    },
    { logger: log, dashboardDir: resolve(config.dashboardDir), dataDir: resolve(config.dataDir), version },
  )
  const servers: Server[] = [app.server]
  opened.defer(() => closeApplication(app, servers, closing))
  await app.listen({ host: config.listen.host, port: config.listen.port })
  const secure = await listenTls(app, config, opened, options)
  servers.push(secure)
  for (const server of servers) opened.defer(cutSlowClients(server, elapsedMs))
  return { plain: portOf(app.server, config.listen.port), tls: portOf(secure, 0) }
}

/** What an operator would tell a colleague of a meeting: that somebody has to decide, that a number is worth nothing. */
function logMeeting({ machine, opened, learnt }: Meeting, log: Logger): void {
  for (const { machineIds, reason } of opened)
    log.warn({ machine: machine.id, pair: machineIds, reason }, 'one machine or two')
  for (const { kind, value } of learnt) log.warn({ kind, value }, 'seen on three boards: a filler from now on')
}

/** Ends streams and held polls, lets short requests finish, cuts the rest. */
async function closeApplication(
  app: FastifyInstance,
  servers: readonly Server[],
  closing: AbortController,
): Promise<void> {
  closing.abort()
  const cut = setTimeout(() => {
    for (const server of servers) server.closeAllConnections()
  }, closingGraceMs)
  const others = servers.filter((server) => server !== app.server).map(closed)
  await Promise.all([app.close(), ...others])
  clearTimeout(cut)
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
  })
}

/** The port that was opened, which for port 0 the system has chosen. */
function portOf(server: Server, asked: number): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : asked
}
