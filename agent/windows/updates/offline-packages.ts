import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { failure } from '../../protocol/failures/failures.ts'
import type { PinnedUpdate } from '../../protocol/materials.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'
import { measured, progressOf, startThroughput } from '../../runtime/throughput.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { keepMaterial } from '../system/kept-materials.ts'
import { runScript } from '../system/powershell.ts'
import installedUpdates from '../scripts/installed-updates.ps1'
import { servicingWatch } from '../system/servicing-watch.ts'
import { diskFull, requireSpace, spaceForPackage, type FreeBytes } from './disk-space.ts'
import { hresultMessage } from './hresults.ts'
import type { SeenPackage } from './memory.ts'
import { goesToWusa, kbOf, packageVerdict, type PackageVerdict } from './package-codes.ts'

const Installed = Type.Object({ kbs: Type.Array(Type.String()) })

/** KB numbers of what Windows has. Throws StepError SCRIPT_FAILED. */
export async function readInstalledKbs(
  context: StepContext,
  dependencies: WindowsDependencies,
): Promise<ReadonlySet<string>> {
  const script = { name: 'installed-updates', text: installedUpdates }
  const answer = await runScript(context, dependencies, script, { options: { quiet: true } })
  if (Value.Check(Installed, answer)) return new Set(answer.kbs.map((kb) => kb.toUpperCase()))
  const detail = JSON.stringify(answer).slice(0, 2000)
  throw new StepError(failure('SCRIPT_FAILED', { script: script.name }, { detail }))
}

export type PackageEnd = { seen: SeenPackage; restart: boolean } | { seen: null; restart: true }

type Dependencies = {
  windows: WindowsDependencies
  installedKbs: ReadonlySet<string>
  free: FreeBytes
  /** The whole step's progress, given this package's. */
  overall(within: number): number
}

/**
 * One package of our catalogue: fetched with its checkpoint packages into a folder of its own, where DISM looks for them
 * ("Checkpoint cumulative updates and Microsoft Update Catalog usage"), installed, and taken off the disk again. One that
 * fails stops nobody: Windows Update may bring the same. `seen: null`: it has to be tried again after a restart.
 * Throws StepError UPDATE_DISK_FULL, MATERIAL_…, WINDOWS_PROGRAM_MISSING.
 */
export async function installPackage(
  context: StepContext,
  update: PinnedUpdate,
  dependencies: Dependencies,
): Promise<PackageEnd> {
  const { id, title, file, files } = update
  const seen = (outcome: SeenPackage['outcome'], code: number | null): SeenPackage => ({ id, title, outcome, code })
  const kb = kbOf(id, file)
  if (kb !== null && dependencies.installedKbs.has(kb)) {
    context.log('info', `${id} is installed already`)
    return { seen: seen('present', null), restart: false }
  }
  const sizeBytes = files.reduce((sum, one) => sum + one.sizeBytes, 0)
  const folder = join(dependencies.windows.folder, 'updates', id.replace(/[^A-Za-z0-9._-]/g, '_').replace(/^\.+/, '_'))
  const needed = spaceForPackage(sizeBytes)
  requireSpace(dependencies.free(dependencies.windows.folder), needed)
  await fetchPackage(context, update, folder, sizeBytes, dependencies)
  context.progress({
    fraction: dependencies.overall(0.5),
    doing: { fr: `Installation de la mise à jour ${title}`, en: `Installing the update ${title}` },
  })
  const { verdict, code } = await runInstallers(context, join(folder, ...file.split('/')))
  if (verdict === 'restart-first') return { seen: null, restart: true }
  const free = dependencies.free(dependencies.windows.folder)
  rmSync(folder, { recursive: true, force: true })
  if (verdict === 'disk-full') throw diskFull(free, needed)
  if (verdict === 'failed') context.log('warning', `${id} was not installed: ${saying(code)}`)
  const outcome = verdict === 'restart' ? 'installed' : verdict
  return { seen: seen(outcome, code), restart: verdict === 'restart' }
}

async function fetchPackage(
  context: StepContext,
  { title, files }: PinnedUpdate,
  folder: string,
  sizeBytes: number,
  { overall }: Dependencies,
): Promise<void> {
  const nowMs = (): number => context.clock.elapsedMs()
  let throughput = startThroughput(sizeBytes, nowMs())
  let done = 0
  const onBytes = (count: number): void => {
    throughput = measured(throughput, (done += count), nowMs())
    const { fraction, ...amounts } = progressOf(throughput)
    context.progress({
      ...amounts,
      fraction: overall(0.5 * (fraction ?? 0)),
      doing: { fr: `Réception de la mise à jour ${title}`, en: `Fetching the update ${title}` },
    })
  }
  for (const one of files) await keepMaterial(context, one, folder, onBytes)
}

/** DISM and wusa.exe say nothing for long; component servicing writes to its log meanwhile. */
const stalledAfterMs = 60 * 60_000

type Ran = { verdict: Exclude<PackageVerdict, 'failed'>; code: number } | { verdict: 'failed'; code: number | null }

async function runInstallers(context: StepContext, file: string): Promise<Ran> {
  const dism = ['/online', '/add-package', `/packagepath:${file}`, '/quiet', '/norestart']
  const first = await runInstaller(context, 'dism.exe', dism)
  if (!goesToWusa(file, first.verdict)) return first
  context.log('info', `DISM did not take it (${saying(first.code)}); trying wusa.exe`)
  return runInstaller(context, 'wusa.exe', [file, '/quiet', '/norestart'])
}

async function runInstaller(context: StepContext, program: string, args: readonly string[]): Promise<Ran> {
  const end = await context.exec(program, args, { watch: servicingWatch(stalledAfterMs) })
  if (end.kind === 'missing') throw new StepError(failure('WINDOWS_PROGRAM_MISSING', { program }))
  if (end.kind === 'killed') return { verdict: 'failed', code: null }
  return { verdict: packageVerdict(end.code), code: end.code }
}

function saying(code: number | null): string {
  return code === null ? 'it hung and was ended' : hresultMessage(code).en
}
