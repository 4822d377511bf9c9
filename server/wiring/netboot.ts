import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Ipv4 } from '../dhcp/addresses.ts'
import type { Config } from '../configuration/read.ts'
import type { LiveServices } from './live.ts'
import { createAddressBook, type AddressBook } from '../netboot/addresses.ts'
import { createBootDesk, type BootDesk } from '../netboot/boot-desk.ts'
import { createEnvironmentFiles, type EnvironmentFiles, type EnvironmentState } from '../netboot/environment-files.ts'
import { createSightings, type Sightings } from '../netboot/sightings.ts'
import { createBootTrace, type BootTrace } from '../netboot/trace.ts'

/** Everything network boot needs but its sockets. */
export type NetbootServices = {
  trace: BootTrace
  addresses: AddressBook
  sightings: Sightings
  environments: EnvironmentFiles
  /** Whether the environment is there, as last looked. */
  environment: () => EnvironmentState
  /** Null when the server has no address that machines could reach. */
  desk: BootDesk | null
}

const lookMs = 5000

/** @param address ours on the workshop's network; null leaves network boot off. */
export async function openNetboot(
  config: Config,
  opened: AsyncDisposableStack,
  services: { live: LiveServices; address: Ipv4 | null; log: Logger; now: () => Date },
): Promise<NetbootServices> {
  const { live, address, log, now } = services
  const { register, presence, bootPolicy, store } = live.views
  const onError = (error: unknown, mac: string): void => log.error({ err: error, mac }, 'network boot')
  const trace = createBootTrace({ now, entriesPerMac: 100, macs: 500 })
  const addresses = createAddressBook(4096)
  for (const lease of await store.leases.all()) addresses.learn(lease.address, lease.mac)
  const sightings = createSightings({ trace, presence, register, onError })
  const environments = createEnvironmentFiles(config.environmentDir ?? join(config.dataDir, 'environment'))
  let environment = await environments.state()
  const look = setInterval(() => {
    environments.state().then(
      (state) => (environment = state),
      (error: unknown) => log.error({ err: error }, 'boot environment'),
    )
  }, lookMs)
  opened.defer(() => clearInterval(look))
  const desk =
    address &&
    createBootDesk({
      register,
      policy: bootPolicy,
      addresses,
      sightings,
      serverAddress: address,
      patienceMs: 1500,
      onError,
    })
  return { trace, addresses, sightings, environments, environment: () => environment, desk }
}
