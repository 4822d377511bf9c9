import { randomUUID } from 'node:crypto'
import { join, resolve } from 'node:path'
import type { Image } from '../catalogue/images/manifest.ts'
import type { Logger } from 'pino'
import type { Config } from '../configuration/read.ts'
import { createSecrets, type Secrets } from '../configuration/secrets.ts'
import { createDeployments, type Deployments } from '../deployments/deployments.ts'
import type { MaterialPath } from '../catalogue/materials/run-materials.ts'
import { evidenceHolds } from '../deployments/records/evidence-holds.ts'
import { hasLiveRun } from '../deployments/records/run-store.ts'
import type { PinnedImage } from '../deployments/run/run.ts'
import { createSequences, type Sequences } from '../deployments/planning/sequences.ts'
import { createRunMaterials } from '../catalogue/materials/run-materials.ts'
import { createStrangers, type Strangers } from '../machines/claims/strangers.ts'
import { createPresenceTracker, type PresenceTracker } from '../machines/presence.ts'
import { usualLimits } from '../machines/untouched/policy.ts'
import { createUntouchedSweep } from '../machines/untouched/sweep.ts'
import { createRegister, type Register } from '../machines/register.ts'
import { createNewcomers, type Newcomers } from '../netboot/newcomers.ts'
import { openCatalogue, type Catalogue } from '../catalogue/catalogue.ts'
import { createStock, type Stock } from '../stock/stock.ts'
import { openStore, type Store } from '../store/store.ts'
import { createWindowsAgent } from '../catalogue/materials/windows-agent.ts'

/** What the server knows and does, without anything that listens on the network. */
export type DomainServices = {
  store: Store
  register: Register
  presence: PresenceTracker
  strangers: Strangers
  newcomers: Newcomers
  stock: Stock
  sequences: Sequences
  catalogue: Catalogue
  deployments: Deployments
  /** Where the files lie that runs have pinned. */
  materialPath: MaterialPath
  secrets: Secrets
}

/** How often machines are looked through for those that fell silent. */
const sweepMs = 5000
/** How often the page hears of newcomers at most. */
const newcomerSweepMs = 1000

/**
 * Opens store and services in the data folder; what is opened is put on `opened`, which closes it in reverse.
 *
 * @throws what the store or the catalogue throws when they cannot be opened.
 */
export async function openDomain(
  config: Config,
  opened: AsyncDisposableStack,
  { log, now, elapsedMs }: { log: Logger; now: () => Date; elapsedMs: () => number },
): Promise<DomainServices> {
  const dataDir = resolve(config.dataDir)
  const store = await openStore({
    url: config.databaseUrl,
    file: join(dataDir, 'etabli.db'),
    onLost: (error) => log.warn({ err: error }, 'connection to the database'),
  })
  opened.defer(() => store.close())
  const newId = (): string => randomUUID()
  const stock = createStock({ store, evidenceHolds, now })
  const register = createRegister({
    ...{ store, onMeeting: stock.meet, onJoining: stock.join, hasRun: hasLiveRun, newId },
  })
  const presence = createPresenceTracker(now, elapsedMs)
  const strangers = createStrangers(now)
  register.onRemoved(strangers.forget)
  register.onRemoved((id) => presence.signal(id, { kind: 'leaving' }))
  const sweep = setInterval(() => presence.sweep(), sweepMs)
  opened.defer(() => clearInterval(sweep))
  const newcomers = createNewcomers({ now, elapsedMs, kept: 300, shown: 20 })
  const newcomerSweep = setInterval(() => newcomers.sweep(), newcomerSweepMs)
  opened.defer(() => clearInterval(newcomerSweep))
  opened.defer(register.onChange(({ macs }) => macs.forEach(newcomers.met)))
  sweepUntouched({ store, register, presence }, opened, { log, now })
  const sequences = createSequences({
    shipped: resolve(import.meta.dirname, '../../tasksequences/library'),
    own: join(dataDir, 'sequences'),
  })
  const catalogue = await openCatalogue({ dataDir, now, onError: (error) => log.error({ err: error }, 'catalogue') })
  opened.defer(() => catalogue.close())
  catalogue.warm()
  const images = async (): Promise<PinnedImage[]> => catalogue.images.list().map(pinned)
  const windowsAgent = createWindowsAgent(resolve(config.windowsAgentDir ?? join(dataDir, 'windows-agent')))
  const { materialsFor: materials, materialPath } = createRunMaterials(catalogue, windowsAgent)
  const secrets = createSecrets(join(dataDir, 'secrets.yaml'), (problem) => log.warn(problem, 'secrets'))
  const deployments = createDeployments({
    ...{ store, register, stock, sequences, images, materials, now, newId },
    secretLacks: secrets.lacksOf,
  })
  opened.defer(() => deployments.close())
  return {
    ...{ store, register, presence, strangers, newcomers, stock, sequences, catalogue, deployments },
    ...{ materialPath, secrets },
  }
}

/** How often it is looked whether there are too many machines with which nobody has done anything. */
const untouchedSweepMs = 15_000

function sweepUntouched(
  { store, register, presence }: Pick<DomainServices, 'store' | 'register' | 'presence'>,
  opened: AsyncDisposableStack,
  { log, now }: { log: Logger; now: () => Date },
): void {
  const onForgotten = (count: number): void =>
    log.info({ count }, 'machines nobody had done anything with are forgotten')
  const untouched = createUntouchedSweep({ store, register, presence, now, limits: usualLimits, onForgotten })
  let going: Promise<void> | null = null
  const look = (): void => {
    going ??= untouched
      .sweep()
      .catch((error: unknown) => log.error({ err: error }, 'machines nobody had done anything with'))
      .finally(() => (going = null))
  }
  const timer = setInterval(look, untouchedSweepMs)
  opened.defer(async () => {
    clearInterval(timer)
    await going
  })
}

function pinned(image: Image): PinnedImage {
  const { id, name, edition, build, architecture, sizeBytes, contentBytes, sha256, languages } = image
  return { id, name, edition, build, architecture, sizeBytes, contentBytes, sha256, languages }
}
