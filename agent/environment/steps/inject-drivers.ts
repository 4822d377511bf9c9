import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Type } from 'typebox'
import { InjectDriversInput } from '../../../tasksequences/steps/inject-drivers.ts'
import { byteProgress } from '../../runtime/byte-progress.ts'
import { failure } from '../../protocol/failures/failures.ts'
import { fetchMaterial } from '../../runtime/material-files.ts'
import type { PinnedDrivers } from '../../protocol/materials.ts'
import { StepError, type Step, type StepContext } from '../../runtime/step.ts'
import type { StepDependencies } from '../dependencies.ts'
import { isFolderName } from '../offline-windows/folder-name.ts'
import { withMounted } from '../disk/mounts.ts'
import { protect, writing } from '../offline-windows/protected-files.ts'
import { storageHidden } from '../disk/storage-mode.ts'
import { locateVolume } from '../disk/volumes.ts'
import { etabliFolder, etabliPath, findPath, makeFolder } from '../offline-windows/windows-volume.ts'
import { parseInput } from './input.ts'
import { mustRun } from './program.ts'

/** What `prepare-windows` reads of this step's result. */
export const InjectedDrivers = Type.Object({ infs: Type.Integer({ minimum: 0 }) })

/** MAX_PATH less its end: what Windows' setup programs take. */
const longestPath = 259

/**
 * Copies the run's driver packs to `ProgramData\Etabli\drivers`, each into a folder of its name. What an earlier attempt
 * left there goes first, so that exactly what the run pinned is installed.
 */
export function injectDrivers(dependencies: StepDependencies): Step {
  return async (context) => {
    const { allowRaid } = parseInput(InjectDriversInput, context)
    const hidden = storageHidden(context.inventory.devices)
    if (hidden !== null && allowRaid !== true) throw new StepError(hidden)
    if (hidden !== null) context.log('warning', raidWarning(String(hidden.params['controller'])))
    const packs = context.work.materials?.drivers ?? []
    const unsafe = packs.find(({ pack }) => !isFolderName(pack))
    if (unsafe !== undefined) throw new StepError(failure('DRIVER_PACK_NAME', { pack: unsafe.pack }))
    warnOfLongPaths(context, packs)
    const volume = await locateVolume(context, dependencies, 'windows')
    await withMounted(context, dependencies, [{ volume, readOnly: false }], async ([windows = '']) => {
      if ((await findPath(windows, ['Windows'])) === null) {
        throw new StepError(failure('WINDOWS_MISSING', { disk: volume.diskName }))
      }
      await copy(context, windows, packs)
      await mustRun(context, 'sync', [], () => failure('WINDOWS_NOT_PREPARED', { file: 'drivers', reason: 'sync' }))
    })
    return { result: { ...summary(packs), allowedRaid: hidden !== null } }
  }
}

async function copy(context: StepContext, windows: string, packs: readonly PinnedDrivers[]): Promise<void> {
  const own = await writing('drivers', () => makeFolder(windows, etabliFolder))
  await protect(context, 'folder', [own])
  const drivers = join(own, 'drivers')
  await writing(drivers, () => rm(drivers, { recursive: true, force: true }))
  if (packs.length === 0) return context.log('info', 'no driver pack has anything for this machine')
  const onBytes = byteProgress(context, summary(packs).bytes)
  for (const { pack, files } of packs) {
    for (const file of files) await fetchMaterial(context, file, join(drivers, pack), onBytes)
  }
  await protectTree(context, drivers)
}

/** Every folder and file: what ntfs-3g makes is everybody's to write, and SYSTEM will install it. */
async function protectTree(context: StepContext, root: string): Promise<void> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const paths = (folders: boolean): string[] =>
    entries.filter((entry) => entry.isDirectory() === folders).map((entry) => join(entry.parentPath, entry.name))
  await protect(context, 'folder', [root, ...paths(true)])
  await protect(context, 'file', paths(false))
}

function summary(packs: readonly PinnedDrivers[]) {
  const each = packs.map(({ pack, infs, files }) => ({
    ...{ pack, infs: infs.length, files: files.length },
    bytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  }))
  const total = (pick: (one: (typeof each)[number]) => number): number => each.reduce((sum, one) => sum + pick(one), 0)
  return {
    infs: total(({ infs }) => infs),
    files: total(({ files }) => files),
    bytes: total(({ bytes }) => bytes),
    packs: each,
  }
}

function warnOfLongPaths({ log }: StepContext, packs: readonly PinnedDrivers[]): void {
  const long = packs.flatMap(({ pack, files }) =>
    files
      .map(({ path }) => `${etabliPath}\\drivers\\${pack}\\${path.replaceAll('/', '\\')}`)
      .filter((path) => path.length > longestPath),
  )
  if (long.length > 0)
    log('warning', `${long.length} paths are longer than Windows' setup takes, the first: ${long[0]}`)
}

function raidWarning(controller: string): string {
  return (
    `${controller} is in VMD or RAID mode, and the sequence allows it: the drivers copied here are installed after the ` +
    'first start, so Windows starts only from a disk elsewhere, or with a driver the image has already'
  )
}
