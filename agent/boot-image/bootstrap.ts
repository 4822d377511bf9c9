import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CommandFailed, runCommand } from './command.ts'
import type { BuildContext } from './build-context.ts'
import { runBuildCommand } from './build-context.ts'
import { EnvironmentError } from './errors.ts'
import { debianKeyring, readHostAptOptions } from './host.ts'
import { renderSources } from './mirror.ts'
import type { DebianMirror } from './mirror.ts'
import type { DebianPackage } from './manifest.ts'
import { debianRelease, rootPackages, unpackedPackages } from './packages.ts'

/** mmdebstrap's own messages, in their order, with how far the whole is then. */
const milestones: readonly (readonly [RegExp, number])[] = [
  [/running apt-get update/, 0.05],
  [/downloading packages/, 0.15],
  [/extracting archives/, 0.35],
  [/installing essential/, 0.45],
  [/installing remaining/, 0.6],
  [/running --customize-hook/, 0.8],
  [/success/, 1],
]

/**
 * Installs the root packages into `root` and unpacks the kernel, shim, GRUB, fonts and firmware into `unpacked`; gives all of them with
 * their versions. apt checks every file against Debian's signed indexes.
 */
export async function bootstrapDebian(
  context: BuildContext,
  mirror: DebianMirror,
  folder: string,
  root: string,
  unpacked: string,
): Promise<DebianPackage[]> {
  const downloads = join(folder, 'downloads')
  await mkdir(downloads)
  const sourcesList = join(folder, 'sources.list')
  await writeFile(sourcesList, renderSources(mirror, debianRelease, debianKeyring))
  await runMmdebstrap(context, mirror, folder, [
    ...['--mode=root', '--format=directory', '--variant=essential'],
    ...(await readHostAptOptions(context.signal)).map((option) => `--aptopt=${option}`),
    '--aptopt=APT::Install-Recommends "false"',
    ...['doc', 'man', 'locale', 'info'].map((name) => `--dpkgopt=path-exclude=/usr/share/${name}/*`),
    `--include=${rootPackages.join(',')}`,
    `--customize-hook=cd '${downloads}' && ${downloadScript()}`,
    debianRelease,
    root,
    sourcesList,
  ])
  const archives = (await readdir(downloads))
    .filter((name) => name.endsWith('.deb'))
    .map((name) => join(downloads, name))
  const packages = parseStatus(await readFile(join(root, 'var/lib/dpkg/status'), 'utf8'))
  for (const archive of archives) {
    await runBuildCommand(context, 'dpkg-deb', ['-x', archive, unpacked])
    const [name = '', version = ''] = (
      await runBuildCommand(context, 'dpkg-deb', ['--show', '--showformat=${Package} ${Version}', archive])
    ).split(' ')
    packages.push({ name, version })
  }
  return packages.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Runs in mmdebstrap's hook with the new system's apt configuration, so that the archives come from the same signed indexes. */
function downloadScript(): string {
  const { kernel, ...others } = unpackedPackages
  const kernelName = `$(apt-cache depends ${kernel} | sed -n 's/^ *Depends: //p')`
  return `export APT_CONFIG="$MMDEBSTRAP_APT_CONFIG" && apt-get download ${kernelName} ${Object.values(others).join(' ')}`
}

async function runMmdebstrap(
  context: BuildContext,
  mirror: DebianMirror,
  folder: string,
  args: readonly string[],
): Promise<void> {
  const log: string[] = []
  const onLine = (line: string): void => {
    log.push(line)
    const reached = milestones.find(([message]) => message.test(line))
    if (reached) context.progress({ step: 'packages', fraction: reached[1] })
  }
  context.progress({ step: 'packages', fraction: 0 })
  try {
    // In a mount namespace of its own: whatever happens to it, /proc, /sys and /dev of this host are never below the cache folder.
    await runCommand('unshare', ['--mount', '--propagation', 'private', 'mmdebstrap', ...args], {
      onLine,
      ...(context.signal ? { signal: context.signal } : {}),
    })
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error
    const logFile = join(context.cacheDir, 'mmdebstrap.log')
    await writeFile(logFile, log.join('\n'))
    throw describeFailure(error, mirror, folder, logFile, log)
  }
}

function describeFailure(
  error: CommandFailed,
  mirror: DebianMirror,
  folder: string,
  logFile: string,
  log: readonly string[],
): EnvironmentError {
  const complaint =
    log.find((line) => /^E: (?!.*apt-get)/.test(line)) ?? log.findLast((line) => line.trim() !== '') ?? error.message
  const unreachable = log.some((line) =>
    /Failed to fetch|Temporary failure|Could not (resolve|connect)|apt-get update.*failed/i.test(line),
  )
  return unreachable
    ? new EnvironmentError(
        'ENVIRONMENT_MIRROR_UNREACHABLE',
        { mirror: mirror.main, detail: complaint },
        { cause: error },
      )
    : new EnvironmentError('ENVIRONMENT_PACKAGES_FAILED', { detail: complaint, folder, log: logFile }, { cause: error })
}

/** Names and versions in a dpkg status file (deb822 stanzas). */
export function parseStatus(text: string): DebianPackage[] {
  return text.split('\n\n').flatMap((stanza) => {
    const name = /^Package: (.+)$/m.exec(stanza)?.[1]
    const version = /^Version: (.+)$/m.exec(stanza)?.[1]
    return name !== undefined && version !== undefined ? [{ name, version }] : []
  })
}
