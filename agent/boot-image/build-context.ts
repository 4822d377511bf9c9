import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CommandFailed, runCommand } from './command.ts'
import type { CommandOptions } from './command.ts'
import { EnvironmentError } from './errors.ts'

/** What the build is doing; `fraction` (0 to 1) of the step when it is known. */
export interface BuildProgress {
  readonly step: BuildStep
  readonly fraction?: number
}

export type BuildStep =
  'check' | 'packages' | 'kernel' | 'root-layer' | 'node-layer' | 'agent-layer' | 'initrd' | 'manifest'

export interface BuildContext {
  readonly cacheDir: string
  readonly progress: (event: BuildProgress) => void
  readonly signal?: AbortSignal
}

/** Runs a program of the build; a failure becomes ENVIRONMENT_COMMAND_FAILED with the last thing the program said. */
export async function runBuildCommand(
  context: BuildContext,
  command: string,
  args: readonly string[],
  options: Omit<CommandOptions, 'signal'> = {},
): Promise<string> {
  try {
    return await runCommand(command, args, { ...options, ...(context.signal ? { signal: context.signal } : {}) })
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error
    const detail = error.output.trim().split('\n').slice(-3).join(' / ')
    throw new EnvironmentError(
      'ENVIRONMENT_COMMAND_FAILED',
      { command, detail, folder: context.cacheDir },
      { cause: error },
    )
  }
}

/**
 * A folder in the cache named after what it is made from: made once, by `make` in a folder of its own that is then renamed, so that a
 * build that was cut short leaves nothing that looks finished.
 */
export async function cachedFolder(
  context: BuildContext,
  name: string,
  inputs: string,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const finished = join(context.cacheDir, `${name}-${inputs.slice(0, 16)}`)
  if (await isFolder(finished)) return finished
  const unfinished = `${finished}.unfinished-${process.pid}`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true })
  try {
    await make(unfinished)
    // Somebody else may have finished the same folder meanwhile: theirs is as good.
    if (!(await isFolder(finished))) await rename(unfinished, finished)
    return finished
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

/** Removes what earlier inputs left in the cache under the same name. */
export async function forgetOlder(context: BuildContext, current: readonly string[]): Promise<void> {
  for (const entry of await readdir(context.cacheDir)) {
    const isFinished = /^(debian|node)-[0-9a-f]{16}$/.test(entry)
    if (isFinished && !current.includes(join(context.cacheDir, entry))) {
      await rm(join(context.cacheDir, entry), { recursive: true, force: true })
    }
  }
}

/** Removes what builds that were killed have left: unfinished folders carry the number of the process that works in them. */
export async function removeAbandoned(folder: string): Promise<void> {
  for (const entry of await readdir(folder)) {
    const pid = /\.(?:unfinished|old)-(\d+)$/.exec(entry)?.[1]
    if (pid !== undefined && !isRunning(Number(pid))) await rm(join(folder, entry), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false
    throw error
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

/** Packs a folder as a squashfs owned by root. Higher levels cost the build time and save the machine download and memory. */
export async function packSquashfs(context: BuildContext, folder: string, file: string, level: number): Promise<void> {
  await runBuildCommand(context, 'mksquashfs', [
    folder,
    file,
    ...['-noappend', '-no-progress', '-quiet', '-no-xattrs', '-all-root'],
    ...['-comp', 'zstd', '-Xcompression-level', String(level), '-b', '512K'],
  ])
}
