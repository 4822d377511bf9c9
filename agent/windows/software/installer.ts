import type { SoftwareManifest } from '../../../images/software/manifest.ts'
import type { ExecResult } from '../../runtime/exec.ts'
import { failure } from '../../protocol/failures/failures.ts'
import { secretsOf, withoutSecrets } from '../../runtime/secrets.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { endOfOutput } from '../../runtime/command-result.ts'
import { msiexecArguments, setupArgument } from './command-line.ts'
import { installerWatch, readSign } from './effort.ts'
import { codeText, meaningOf } from './exit-code.ts'
import { hideSecrets, readLogEnd } from './log-file.ts'
import { lookedAt, lookEveryMs, stirring } from './sign-of-life.ts'

export type InstallerRun = {
  manifest: SoftwareManifest
  kind: 'msi' | 'exe'
  /** The installer, fetched. */
  file: string
  /** Variables and secrets filled in. */
  arguments: readonly string[]
  logFile: string
  stalledAfterMs: number
  /** Hears that Windows Installer is busy with something else. */
  onBusy(): void
}

/** `pid` is the process number that the set-up program had, null for what is none. */
export type InstallerEnd = { restart: boolean; pid: number | null }

type Ended = Exclude<ExecResult, { kind: 'missing' }>

/**
 * Runs an installer to its end, and again for as long as another installation that goes on is in its way. What it started
 * may go on after it. Throws StepError SOFTWARE_INSTALL_FAILED, SOFTWARE_STALLED, SOFTWARE_INSTALLER_BUSY.
 */
export async function runInstaller(
  context: StepContext,
  dependencies: WindowsDependencies,
  run: InstallerRun,
): Promise<InstallerEnd> {
  const { manifest, stalledAfterMs } = run
  const everyMs = lookEveryMs(stalledAfterMs)
  for (let still = stirring; ;) {
    let pid: number | null = null
    const end = await runOnce(context, dependencies, run, (started) => (pid = started))
    if (end.kind === 'killed') return stalled(context, run, end)
    const meaning = meaningOf(end.code, manifest)
    if (meaning === 'failed') throw failed(context, run, end, codeText(end.code))
    if (meaning !== 'busy') return { restart: meaning === 'restart', pid }
    context.log('info', `another installation is running (${end.code}); ${manifest.name} waits for it`)
    run.onBusy()
    await context.clock.sleep(everyMs, context.signal)
    still = lookedAt(still, await readSign(context, dependencies, null), everyMs)
    if (still.stillMs >= stalledAfterMs) {
      throw new StepError(failure('SOFTWARE_INSTALLER_BUSY', { name: manifest.name, minutes: minutesOf(run) }))
    }
  }
}

async function runOnce(
  context: StepContext,
  dependencies: WindowsDependencies,
  run: InstallerRun,
  onStart: (pid: number) => void,
): Promise<Ended> {
  const { kind, file, logFile } = run
  const command = kind === 'msi' ? 'msiexec.exe' : file
  const args =
    kind === 'msi' ? msiexecArguments(file, logFile, run.arguments) : run.arguments.map((one) => setupArgument(one))
  const watch = installerWatch(context, dependencies, { ...run, logFile: kind === 'msi' ? logFile : null })
  try {
    const end = await context.exec(command, args, { verbatim: true, secrets: secretsOf(context), watch, onStart })
    if (end.kind !== 'missing') return end
  } catch (error) {
    // What Windows cannot start at all: no program, or one for another processor.
    if (!isNoProgram(error)) throw error
    throw failed(context, run, null, error.code)
  } finally {
    hideSecrets(context, logFile)
  }
  if (kind === 'exe') throw failed(context, run, null, 'ENOENT')
  throw new StepError(failure('WINDOWS_PROGRAM_MISSING', { program: command }))
}

async function stalled(context: StepContext, run: InstallerRun, end: Ended & { kind: 'killed' }): Promise<never> {
  if (end.signal !== 'stalled') throw failed(context, run, end, end.signal)
  if (run.kind === 'msi') {
    // Its other half, in the service, hangs too, and for as long as it lives every installation is answered with 1618.
    await context.exec('taskkill.exe', ['/f', '/t', '/im', 'msiexec.exe'])
    hideSecrets(context, run.logFile)
  }
  const params = { name: run.manifest.name, minutes: minutesOf(run) }
  throw new StepError(failure('SOFTWARE_STALLED', params, detailOf(context, run, end)))
}

function failed(context: StepContext, run: InstallerRun, end: Ended | null, code: string): StepError {
  const params = { name: run.manifest.name, code }
  return new StepError(failure('SOFTWARE_INSTALL_FAILED', params, detailOf(context, run, end)))
}

function detailOf(context: StepContext, { logFile }: InstallerRun, end: Ended | null): { detail: string } {
  const said = end === null ? '' : withoutSecrets(endOfOutput(end), context)
  return { detail: `${said}\n${readLogEnd(context, logFile)}`.trim().slice(0, 8192) }
}

const minutesOf = ({ stalledAfterMs }: InstallerRun): number => Math.round(stalledAfterMs / 600) / 100

function isNoProgram(error: unknown): error is Error & { code: string } {
  return (
    error instanceof Error &&
    'syscall' in error &&
    String(error.syscall).startsWith('spawn') &&
    'code' in error &&
    typeof error.code === 'string'
  )
}
