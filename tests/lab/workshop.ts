import { once } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { startDnsmasq } from './dnsmasq-router.ts'
import { openLineLog, type LineLog } from './line-log.ts'
import { openLabNetwork, type LabNetwork } from './network.ts'
import { forwardPort, type PortForward } from './port-forward.ts'

export const adminPassword = 'établi-en-bois-de-hêtre'

export type Workshop = {
  network: LabNetwork
  folder: string
  dataDir: string
  /** The dashboard and API, on this machine's loopback. */
  url: string
  /** Every line the server wrote, over restarts too. */
  server: ServerProgram
  close(): Promise<void>
}

export type ServerProgram = {
  log(): LineLog
  /** Ends it as a service manager would (SIGTERM), or as a power cut does (SIGKILL), and waits until it is gone. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
  start(): Promise<void>
}

/**
 * A workshop in a network namespace: a router's DHCP server on the wire (dnsmasq, which answers everybody), our server beside it in
 * mode `pxe-lease`, and its dashboard forwarded to 127.0.0.1. Nothing of it reaches a real interface.
 *
 * @param folder - emptied, then holds the data folder and every log
 * @param environment - a built boot environment
 */
export async function openWorkshop(options: {
  folder: string
  environment: string
  localPort?: number
  keepData?: boolean
}): Promise<Workshop> {
  const folder = resolve(options.folder)
  const dataDir = join(folder, 'data')
  if (!options.keepData) rmSync(folder, { recursive: true, force: true })
  mkdirSync(dataDir, { recursive: true })
  const network = openLabNetwork('10.77.0.1/24')
  let forward: PortForward | undefined
  try {
    const router = network.addHost('router', '10.77.0.254/24')
    await startDnsmasq(router, folder, { range: '10.77.0.100,10.77.0.150' })
    const server = serverProgram(network, folder, dataDir, resolve(options.environment))
    await server.start()
    forward = await forwardPort(network.namespace, 8080, options.localPort)
    const opened = forward
    return {
      network,
      folder,
      dataDir,
      url: forward.url,
      server,
      async close() {
        await server.stop()
        await opened.close()
        await network.close()
      },
    }
  } catch (error) {
    await forward?.close()
    await network.close()
    throw error
  }
}

function serverProgram(network: LabNetwork, folder: string, dataDir: string, environment: string): ServerProgram {
  let program: ReturnType<LabNetwork['spawn']> | undefined
  let log: LineLog | undefined
  let starts = 0
  const env = {
    ...process.env,
    ETABLI_DATA_DIR: dataDir,
    ETABLI_ENVIRONMENT_DIR: environment,
    ETABLI_WINDOWS_AGENT_DIR: resolve('build/windows'),
    ETABLI_LISTEN: '0.0.0.0:8080',
    ETABLI_INTERFACE: network.bridge,
    ETABLI_DHCP_MODE: 'pxe-lease',
    ETABLI_DHCP_RANGE: '10.77.0.50-10.77.0.90',
    ETABLI_ADMIN_PASSWORD: adminPassword,
  }
  return {
    log() {
      if (!log) throw new Error('the server was never started')
      return log
    },
    async start() {
      starts += 1
      program = network.spawn(process.execPath, [resolve('server/main.ts')], { env, stdio: ['ignore', 'pipe', 'pipe'] })
      if (!program.stdout || !program.stderr) throw new Error('unreachable: its output is piped')
      openLineLog(program.stderr, join(folder, `server-${starts}-errors.log`))
      log = openLineLog(program.stdout, join(folder, `server-${starts}.log`))
      const ended = once(program, 'exit').then(() => {
        throw new Error(`the server ended at its start:\n${log?.lines.slice(-5).join('\n') ?? ''}`)
      })
      await Promise.race([waitUntilHealthy(network), ended])
      // From here on an end is the test's own business.
      ended.catch(() => undefined)
    },
    async stop(signal = 'SIGTERM') {
      if (!program || program.exitCode !== null || program.signalCode !== null) return program?.exitCode ?? null
      const gone = once(program, 'exit')
      program.kill(signal)
      await gone
      return program.exitCode
    },
  }
}

async function waitUntilHealthy(network: LabNetwork): Promise<void> {
  await network.run('curl', [
    ...['--silent', '--fail', '--output', '/dev/null', '--max-time', '5'],
    ...['--retry', '40', '--retry-delay', '1', '--retry-all-errors', '--retry-connrefused'],
    'http://127.0.0.1:8080/healthz',
  ])
}
