import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findInstaller } from '../../../images/software/find-installer.ts'
import { failure } from '../../protocol/failures/failures.ts'
import type { PinnedSoftware } from '../../protocol/materials.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { keepMaterial } from '../system/kept-materials.ts'
import { fillArguments } from './afterwards.ts'
import { runInstaller, type InstallerEnd } from './installer.ts'
import { isPackageFile, provision } from './msix.ts'

/** What happens to a package just now, and how far it is, 0 to 1 or unknown. */
export type Tell = (fr: string, en: string, fraction: number | null) => void

const folderOf = ({ folder }: WindowsDependencies, id: string): string => join(folder, 'software', id)

/** Fetches a package's files and runs its installer, which may want a restart before it is there. */
export async function installPackage(
  context: StepContext,
  dependencies: WindowsDependencies,
  pinned: PinnedSoftware,
  { stalledAfterMs, tell }: { stalledAfterMs: number; tell: Tell },
): Promise<InstallerEnd> {
  const { id, manifest } = pinned
  const { installer, name } = manifest
  const files = await fetchFiles(context, dependencies, pinned, tell)
  const found = findInstaller(installer.file, [...files.keys()])
  const file = found.found === 'one' ? files.get(found.path) : undefined
  if (file === undefined) throw new StepError(failure('MATERIAL_MISSING', { file: installer.file }))
  layTexts(context, folderOf(dependencies, id), manifest)
  tell(`Installation de ${name}`, `Installing ${name}`, null)
  if (installer.kind === 'msix') {
    const dependencyPackages = [...files].filter(([path, at]) => isPackageFile(path) && at !== file).map(([, at]) => at)
    const restart = await provision(context, dependencies, { manifest, file, dependencyPackages, stalledAfterMs })
    return { restart, pid: null }
  }
  return runInstaller(context, dependencies, {
    manifest,
    kind: installer.kind,
    file,
    arguments: fillArguments(context, installer.arguments, { packageFolder: folderOf(dependencies, id) }),
    logFile: join(dependencies.folder, 'software', `${id}.log`),
    stalledAfterMs,
    onBusy: () =>
      tell(`${name} attend la fin d’une autre installation`, `${name} waits for another installation`, null),
  })
}

async function fetchFiles(
  context: StepContext,
  dependencies: WindowsDependencies,
  { id, manifest, files }: PinnedSoftware,
  tell: Tell,
): Promise<ReadonlyMap<string, string>> {
  const total = Math.max(
    1,
    files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  )
  let fetched = 0
  const kept = new Map<string, string>()
  tell(`Réception de ${manifest.name}`, `Fetching ${manifest.name}`, 0)
  for (const file of files) {
    const onBytes = (count: number): void => {
      fetched += count
      tell(`Réception de ${manifest.name}`, `Fetching ${manifest.name}`, fetched / total)
    }
    kept.set(file.path, await keepMaterial(context, file, folderOf(dependencies, id), onBytes))
  }
  return kept
}

/** Lays the texts that a manifest brings beside the installer; the workshop's own file of the same path is left as it is. */
function layTexts(context: StepContext, folder: string, { files = [] }: PinnedSoftware['manifest']): void {
  for (const { path, text } of files) {
    const target = join(folder, ...path.split('/'))
    if (existsSync(target)) continue
    const [filled = ''] = fillArguments(context, [text], { packageFolder: folder })
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, filled)
  }
}

/** Takes a package's installer off the disk; its log stays. */
export function dropInstaller(context: StepContext, dependencies: WindowsDependencies, id: string): void {
  try {
    rmSync(folderOf(dependencies, id), { recursive: true, force: true, maxRetries: 3 })
  } catch (error) {
    // A process that goes on after its installer has ended may hold a file; the agent's folder goes at the end anyway.
    context.log('warning', `the installer of ${id} stays on the disk: ${String(error)}`)
  }
}
