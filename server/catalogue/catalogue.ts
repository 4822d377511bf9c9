import { resolve } from 'node:path'
import type { Materials } from '../../agent/protocol/materials.ts'
import type { DriverMatch } from '../../images/driver-packs/match-drivers.ts'
import { coverageOf, type CoveredMachine } from './drivers/coverage.ts'
import { createDriverPackReader } from './drivers/driver-packs.ts'
import { prepareFolders, catalogueFolders, type CatalogueFolders } from './folders.ts'
import { openImageCatalogue, type ImageCatalogue } from './images/image-catalogue.ts'
import { createHashes } from './materials/hashes.ts'
import { materialPath } from './materials/material-path.ts'
import { materialsFor, targetOf, type MaterialsRequest, type CatalogueReaders } from './materials/materials.ts'
import { warmHashes } from './materials/warm-hashes.ts'
import { readProfiles } from './profiles/profiles.ts'
import { createSingleWriter } from './files/single-writer.ts'
import { receivedOf, receiveFile, type ArrivingFile, type FilePart } from './software/receive-installer.ts'
import { readSoftware } from './software/software.ts'
import { readUpdates } from './updates/updates.ts'

/** What the shop can install (images, software, drivers, updates, debloat profiles) and what a run takes of it. */
export type Catalogue = CatalogueReaders & {
  images: ImageCatalogue
  folders: CatalogueFolders
  /** Which driver each device of a machine would get of how many packs, for an image or for the newest Windows. */
  coverage(machine: CoveredMachine, image: { build: string } | null): Promise<DriverMatch & { packs: number }>
  /**
   * Pins what steps name, but for the agent. Throws Refusal SOFTWARE_NOT_FOUND, SOFTWARE_INVALID,
   * SOFTWARE_INSTALLER_MISSING, SOFTWARE_INSTALLER_AMBIGUOUS, PROFILE_NOT_FOUND, PROFILE_INVALID, PROFILE_PROTECTED,
   * DRIVER_PACK_NOT_FOUND, DRIVER_PACK_INVALID, DRIVER_PACK_EMPTY, MATERIAL_UNSTABLE.
   */
  materialsFor(request: MaterialsRequest): Promise<Materials>
  /** Where a pinned file lies, as long as its size still fits; else null. */
  materialPath(sha256: string, materials: Materials): Promise<{ path: string; sizeBytes: number } | null>
  /** Takes in a part of an installer; gives the bytes received in all. Throws as `receiveFile` does. */
  receive(part: FilePart): Promise<number>
  /** Bytes of an unfinished installer that have arrived; 0 for none. */
  received(file: ArrivingFile): Promise<number>
  /** Computes every hash ahead of the first run, in the background; at most once at a time. */
  warm(): void
  /** Stops whatever is being read. */
  close(): Promise<void>
}

export type CatalogueOptions = {
  dataDir: string
  now: () => Date
  /** What the product brings: manifests and profiles. The repository's own when not given. */
  shipped?: { software: string; debloat: string }
  /** Called with errors of background work. */
  onError?: (error: unknown) => void
}

const formats = resolve(import.meta.dirname, '../../images')
const ours = { software: resolve(formats, 'software/library'), debloat: resolve(formats, 'debloat/library') }

/** Opens the catalogue of a data folder. The folders a person fills are made, each with a note of what goes there. */
export async function openCatalogue(options: CatalogueOptions): Promise<Catalogue> {
  const { dataDir, now, shipped = ours, onError = () => undefined } = options
  const folders = catalogueFolders(resolve(dataDir))
  await prepareFolders(folders)
  const closing = new AbortController()
  const { signal } = closing
  const hashes = createHashes(signal)
  const alone = createSingleWriter()
  const readers: CatalogueReaders = {
    software: () => readSoftware(shipped.software, folders.software, signal),
    profiles: () => readProfiles(shipped.debloat, folders.debloat),
    driverPacks: createDriverPackReader(folders.drivers, signal),
    updates: () => readUpdates(folders.updates, signal),
  }
  const images = await openImageCatalogue({ dir: dataDir, now, onError })
  let warming: Promise<void> | null = null
  return {
    ...readers,
    images,
    folders,
    coverage: async (machine, image) => {
      const { packs } = await readers.driverPacks()
      return { ...coverageOf(machine, targetOf(image), packs), packs: packs.length }
    },
    materialsFor: (request) => materialsFor(request, { readers, folders, hashes }),
    materialPath: (sha256, materials) => materialPath(sha256, materials, folders),
    receive: (part) => receiveFile(folders.software, part, { alone, signal }),
    received: (file) => receivedOf(folders.software, file),
    warm: () => {
      warming ??= warmHashes({ readers, folders, hashes })
        .catch((error: unknown) => void (signal.aborted || onError(error)))
        .finally(() => (warming = null))
    },
    close: async () => {
      closing.abort()
      await Promise.all([warming, images.close()])
    },
  }
}
