import { resolve } from 'node:path'
import type { Logger } from 'pino'
import type { KeyPin } from '../../agent/protocol/key-pin.ts'
import { browserUrl, urlElsewhere, workshopAddress } from './address.ts'
import { addMeasures } from '../api/metrics/measures.ts'
import { createMetrics } from '../api/metrics/registry.ts'
import { createRateLimit } from '../api/rate-limit.ts'
import { createAccounts } from '../api/session/accounts.ts'
import type { Patience } from '../machines/claims/claims.ts'
import { openNetboot } from './netboot.ts'
import { tlsEndpoint, type Config } from '../configuration/read.ts'
import { openHttp, type HttpPorts } from './http.ts'
import type { AgentServer } from '../netboot/grub-config.ts'
import { openLive } from './live.ts'
import { bootFileOpener } from '../netboot/boot-files.ts'
import type { EnvironmentState } from '../netboot/environment-folder.ts'
import { openListeners, type Listeners } from './listeners.ts'
import { openDomain } from './domain.ts'
import { takeExclusiveUse } from './exclusive.ts'
import { fingerprintOf, openServerIdentity } from './tls.ts'

export type ServeOptions = {
  log: Logger
  version: string
  now?: () => Date
  /** How long an agent's poll without news is held; 25 s (agent/protocol/messages.ts) unless a test is in a hurry. */
  holdMs?: number
  /** With machines that fall silent; the usual one unless a test is in a hurry. */
  patience?: Patience
  /** Milliseconds of a clock that never goes back, for what is awaited; the system's own when not given. */
  elapsedMs?: () => number
}

export type RunningServer = {
  /** Where browsers reach it. */
  url: string
  /** Of plain HTTP. */
  port: number
  /** Where agents reach it by TLS, and what they know it by. */
  tls: {
    port: number
    pin: KeyPin
    /** The encrypted address for other computers; null when only this one is served. */
    elsewhere: string | null
    /** Of the certificate the server has made itself, as browsers show it; null with the operator's. */
    fingerprint: string | null
  }
  /** Of `admin`, when it was made at this start. */
  madePassword: string | null
  /** What is open besides HTTP. */
  network: { dhcp: Config['dhcp.mode']; tftp: string | null; environment: EnvironmentState }
  /** Becomes the reason when the server has to stop by itself: another one has taken its database. */
  lost: Promise<Error>
  /** Ends streams and polls, lets requests finish, closes everything in reverse. */
  close(): Promise<void>
}

/** Ten wrong passwords, then one every twenty seconds. */
const signInAttempts = { burst: 10, refillMs: 20_000, keys: 10_000 }

/**
 * Opens everything and serves until closed. Whatever was opened is closed again when one part fails.
 *
 * @throws Refusal of store/errors.ts, DhcpError, TftpStartError, TlsError, or the system’s error when a port cannot be opened.
 */
export async function serve(config: Config, options: ServeOptions): Promise<RunningServer> {
  const { log, version, holdMs = 25_000, now = () => new Date() } = options
  const { elapsedMs = () => performance.now() } = options
  await using opened = new AsyncDisposableStack()
  const address = workshopAddress(config)
  const exclusive = await takeExclusiveUse(config, resolve(config.dataDir), opened, { log, now })
  const domain = await openDomain(config, opened, { log, now, elapsedMs })
  const { store, stock, deployments } = domain
  const accounts = createAccounts({ store, now, attempts: createRateLimit({ elapsedMs, ...signInAttempts }) })
  const madePassword = await accounts.ensureAdmin(config.adminPassword)
  const live = openLive(domain, opened, { log, now })
  const netboot = await openNetboot(config, opened, { live, address, log, now })

  let listeners: Listeners = { dhcp: null, tftp: null }
  const metrics = createMetrics()
  addMeasures(metrics, {
    stock,
    deployments,
    presence: live.views.presence,
    hub: live.hub,
    dhcp: () => listeners.dhcp?.stats() ?? null,
    tftp: () => listeners.tftp?.stats() ?? null,
  })
  const identity = await openServerIdentity(config, { address, log, now })
  let ports: HttpPorts = { plain: config.listen.port, tls: tlsEndpoint(config).port }
  const url = (): string => browserUrl(config, { address, ports })
  const machineServer = (): string => `${address}:${ports.plain}`
  const agentServer = (): AgentServer => ({ server: `${address}:${ports.tls}`, pin: identity.pin })
  ports = await openHttp(
    config,
    opened,
    { live, netboot, accounts, metrics },
    {
      log,
      now,
      version,
      holdMs,
      patience: options.patience,
      elapsedMs,
      identity,
      ports: () => ports,
      url,
      machineServer,
      agentServer,
    },
  )
  if (netboot.service && address) {
    const files = bootFileOpener(netboot.environmentFolder, machineServer())
    listeners = await openListeners(config, opened, { bootService: netboot.service, files, address, store, log })
  }
  const [tftp] = listeners.tftp?.endpoints ?? []
  exclusive.folder.tell(url())
  const rest = opened.move()
  return {
    url: url(),
    port: ports.plain,
    tls: {
      port: ports.tls,
      pin: identity.pin,
      elsewhere: urlElsewhere(config, { address, port: ports.tls }),
      fingerprint: fingerprintOf(identity, config),
    },
    madePassword,
    network: {
      dhcp: config['dhcp.mode'],
      tftp: tftp ? `${tftp.address}:${tftp.port}` : null,
      environment: netboot.environment(),
    },
    lost: exclusive.lost,
    close: () => rest.disposeAsync(),
  }
}
