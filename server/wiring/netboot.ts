import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Ipv4 } from '../dhcp/addresses.ts'
import type { Config } from '../configuration/read.ts'
import type { LiveServices } from './live.ts'
import { createNewcomerLog } from './newcomer-log.ts'
import { createAddressBook, type AddressBook } from '../netboot/addresses.ts'
import { createCardUsers, type CardUsers } from '../netboot/card-users.ts'
import { createBootService, type BootService } from '../netboot/boot-service.ts'
import { openEnvironmentFolder, type EnvironmentFolder, type EnvironmentState } from '../netboot/environment-folder.ts'
import { createLoaderConnections, type LoaderConnections } from '../netboot/loader-connections.ts'
import { createBootProgress, type BootProgress } from '../netboot/boot-progress.ts'
import { createBootTrace, type BootTrace } from '../netboot/trace.ts'

/** Everything network boot needs but its sockets. */
export type NetbootServices = {
  trace: BootTrace
  addresses: AddressBook
  cards: CardUsers
  progress: BootProgress
  connections: LoaderConnections
  environmentFolder: EnvironmentFolder
  /** Whether the environment is there, as last looked. */
  environment: () => EnvironmentState
  /** Null when the server has no address that machines could reach. */
  service: BootService | null
}

const lookMs = 5000

/**
 * Opens everything network boot needs, without its sockets.
 *
 * @param services `address` is ours on the workshop's network; null leaves network boot off.
 */
export async function openNetboot(
  config: Config,
  opened: AsyncDisposableStack,
  services: { live: LiveServices; address: Ipv4 | null; log: Logger; now: () => Date },
): Promise<NetbootServices> {
  const { live, address, log, now } = services
  const { register, presence, newcomers, bootPolicy, store } = live.views
  const onError = (error: unknown, mac: string): void => log.error({ err: error, mac }, 'network boot')
  const trace = createBootTrace({ now, entriesPerRequester: 100, requesters: 500 })
  const addresses = createAddressBook(4096)
  const cards = createCardUsers(4096)
  for (const lease of await store.leases.all()) addresses.learn(lease.address, lease.mac)
  const progress = createBootProgress({
    ...{ trace, presence, register, newcomers, addresses, cards, onError },
    onNewcomer: createNewcomerLog(log, () => performance.now()),
  })
  const connections = createLoaderConnections()
  const environmentFolder = openEnvironmentFolder(config.environmentDir ?? join(config.dataDir, 'environment'))
  let environment = await environmentFolder.state()
  const look = setInterval(() => {
    environmentFolder.state().then(
      (state) => (environment = state),
      (error: unknown) => log.error({ err: error }, 'boot environment'),
    )
  }, lookMs)
  opened.defer(() => clearInterval(look))
  const service =
    address &&
    createBootService({
      register,
      policy: bootPolicy,
      addresses,
      cards,
      progress,
      connections,
      serverAddress: address,
      timeoutMs: 1500,
      onError,
    })
  return {
    trace,
    addresses,
    cards,
    progress,
    connections,
    environmentFolder,
    environment: () => environment,
    service,
  }
}
