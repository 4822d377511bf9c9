import { join } from 'node:path'
import type { MaterialFile, Materials } from '../../../agent/protocol/materials.ts'
import { unfitFor } from '../../../images/updates/fit.ts'
import { chooseMatching, choosePacks, chooseProfile, chooseSoftware, type ChosenDrivers } from './choice.ts'
import { coverageOf, type CoveredMachine, type DriverTarget } from '../drivers/coverage.ts'
import type { DriverPacks } from '../drivers/driver-packs.ts'
import type { ListedFile } from '../files/file-tree.ts'
import type { CatalogueFolders } from '../folders.ts'
import type { Hashes } from './hashes.ts'
import type { ProfileEntry } from '../profiles/profiles.ts'
import type { SoftwareEntry } from '../software/software.ts'
import { knownLevels } from '../updates/known-levels.ts'
import type { UpdateEntry, Updates } from '../updates/updates.ts'
import { wantedBy, type RunStepInput } from './wanted.ts'

export type MaterialsRequest = {
  /** Of the run, filled in; without those that are skipped. */
  steps: readonly RunStepInput[]
  machine: CoveredMachine
  image: { build: string } | null
}

/** What lies in the folders, read when it is asked for. */
export type CatalogueReaders = {
  software(): Promise<SoftwareEntry[]>
  profiles(): Promise<ProfileEntry[]>
  driverPacks(): Promise<DriverPacks>
  updates(): Promise<Updates>
}

type MaterialsDependencies = { readers: CatalogueReaders; folders: CatalogueFolders; hashes: Hashes }

/**
 * Everything a run takes from the catalogue beside its image, by content; the agent's executable is the caller's to add.
 * Throws Refusal SOFTWARE_…, PROFILE_…, DRIVER_PACK_…, MATERIAL_UNSTABLE.
 */
export async function materialsFor(request: MaterialsRequest, dependencies: MaterialsDependencies): Promise<Materials> {
  const { readers, folders, hashes } = dependencies
  const wanted = wantedBy(request.steps)
  // Every refusal comes before the first file is read.
  const software = wanted.software.length === 0 ? [] : chooseSoftware(wanted.software, await readers.software())
  const all = wanted.profiles.length === 0 ? [] : await readers.profiles()
  const profiles = wanted.profiles.map((id) => chooseProfile(id, all))
  const drivers = await driversFor(request, wanted.drivers, readers)
  const there = wanted.updates || wanted.updateLevels ? (await readers.updates()).updates : []
  const updates = wanted.updates ? updatesFor(request.image, there) : []
  const pin = (folder: string, files: readonly ListedFile[]): Promise<MaterialFile[]> =>
    Promise.all(files.map((file) => pinFile(folder, file, hashes)))
  return {
    software: await Promise.all(
      software.map(async ({ entry: { id, folder, files }, manifest }) => ({
        ...{ id, manifest },
        files: await pin(folder, files),
      })),
    ),
    profiles,
    drivers: await Promise.all(
      drivers.map(async ({ pack, infs, files }) => ({
        ...{ pack, infs },
        files: await pin(join(folders.drivers, pack), files),
      })),
    ),
    updates: await Promise.all(
      updates.map(async ({ id, title, target, files }) => ({
        ...{ id, title, file: target.file },
        files: await pin(folders.updates, files),
      })),
    ),
    ...(wanted.updateLevels ? { levels: knownLevels(there) } : {}),
  }
}

async function pinFile(folder: string, file: ListedFile, hashes: Hashes): Promise<MaterialFile> {
  const sha256 = await hashes.of(join(folder, file.path), file)
  return { path: file.path, sizeBytes: file.sizeBytes, sha256 }
}

async function driversFor(
  { machine, image }: MaterialsRequest,
  wanted: 'matching' | string[] | null,
  { driverPacks }: CatalogueReaders,
): Promise<ChosenDrivers[]> {
  if (wanted === null) return []
  const { packs } = await driverPacks()
  if (wanted !== 'matching') return choosePacks(wanted, packs)
  return chooseMatching(coverageOf(machine, targetOf(image), packs), packs)
}

function updatesFor(image: { build: string } | null, updates: readonly UpdateEntry[]): UpdateEntry[] {
  const build = image === null ? null : targetOf(image).build
  return updates.filter(({ target, problems }) => problems.length === 0 && unfitFor(target, build) === null)
}

/** Windows 11 24H2, when no image says which Windows: packs that have drivers at all have them for the newest. */
const usualBuild = 26_100

/** Which Windows drivers are chosen for. */
export function targetOf(image: { build: string } | null): DriverTarget {
  const build = Number(image?.build.split('.')[0])
  return { architecture: 'amd64', build: Number.isInteger(build) && build > 0 ? build : usualBuild }
}
