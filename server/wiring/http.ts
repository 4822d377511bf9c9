import { join, resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { parseSequence } from '../../tasksequences/parse/parse-sequence.ts'
import { createAgentKeys } from '../api/agent/agent-keys.ts'
import { createAgentService } from '../api/agent/agent-service.ts'
import { createRunTokens } from '../api/agent/run-tokens.ts'
import { createStepCredentials } from '../api/agent/step-credentials.ts'
import { createAgentSessions } from '../api/agent/sessions.ts'
import { createApplication } from '../api/application.ts'
import type { Metrics } from '../api/metrics/registry.ts'
import { createRateLimit } from '../api/rate-limit.ts'
import type { Accounts } from '../api/session/accounts.ts'
import type { NetbootServices } from './netboot.ts'
import type { Config } from '../configuration/read.ts'
import type { LiveServices } from './live.ts'
import { createSecrets } from '../configuration/secrets.ts'

export type HttpOptions = {
  log: Logger
  now: () => Date
  version: string
  /** How long an agent's poll without news is held. */
  holdMs: number
  /** Where browsers and machines reach the server. */
  url: () => string
  /** `ADDRESS:PORT` for GRUB and the initrd, which know no names. */
  machineServer: () => string
}

/** Downloads and uploads that still go on after this are cut; agents and browsers take them up again. */
const closingGraceMs = 2000

/** Opens HTTP for browsers, machines and agents. */
export async function openHttp(
  config: Config,
  opened: AsyncDisposableStack,
  services: { live: LiveServices; netboot: NetbootServices; accounts: Accounts; metrics: Metrics },
  options: HttpOptions,
): Promise<FastifyInstance> {
  const { live, netboot, accounts, metrics } = services
  const { views, hub } = live
  const { now, log, version, url } = options
  const closing = new AbortController()
  const { store, deployments } = views
  const runTokens = createRunTokens({ store, deployments, now })
  const agentKeys = createAgentKeys(store, now)
  const secrets = createSecrets(join(resolve(config.dataDir), 'secrets.yaml'), (problem) =>
    log.warn(problem, 'secrets'),
  )
  const agents = createAgentService({
    ...views,
    trace: netboot.trace,
    addresses: netboot.addresses,
    cards: netboot.cards,
    sessions: createAgentSessions(store, now),
    ...{ runTokens, agentKeys },
    credentials: createStepCredentials({ deployments, runTokens, agentKeys, secrets }),
    publicUrl: url,
    language: config.language,
    holdMs: options.holdMs,
    closing: closing.signal,
    onConflict: (machine, others) =>
      log.warn({ machine: machine.id, others: others.map(({ id }) => id) }, 'machines share an identity'),
    onUnproven: (machine) =>
      log.warn({ machine: machine.id, code: 'AGENT_UNPROVEN' }, 'agent in Windows without its key'),
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
      hellos: createRateLimit({ now, burst: 30, refillMs: 2000, keys: 10_000 }),
      boot: netboot.service && { ...netboot, service: netboot.service, server: options.machineServer },
      server: () => ({
        version,
        publicUrl: url(),
        dhcpMode: config['dhcp.mode'],
        interface: config.interface,
        environment: netboot.environment(),
      }),
    },
    { logger: log, dashboardDir: resolve(config.dashboardDir), version },
  )
  opened.defer(() => closeApplication(app, closing))
  await app.listen({ host: config.listen.host, port: config.listen.port })
  return app
}

/** Ends streams and held polls, lets short requests finish, cuts the rest. */
async function closeApplication(app: FastifyInstance, closing: AbortController): Promise<void> {
  closing.abort()
  const cut = setTimeout(() => app.server.closeAllConnections(), closingGraceMs)
  await app.close()
  clearTimeout(cut)
}
