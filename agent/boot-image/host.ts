import { access, constants, readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand } from './command.ts'
import { EnvironmentError } from './errors.ts'
import { chooseMirror, inheritedAptOptions, parseDeb822Sources, parseSourcesList } from './mirror.ts'
import type { DebianMirror } from './mirror.ts'

/** Programs the build calls, and the Debian package each comes from. */
const neededTools = {
  mmdebstrap: 'mmdebstrap',
  mksquashfs: 'squashfs-tools',
  cpio: 'cpio',
  zstd: 'zstd',
  xz: 'xz-utils',
  depmod: 'kmod',
  'dpkg-deb': 'dpkg',
  unshare: 'util-linux',
} as const

export const debianKeyring = '/usr/share/keyrings/debian-archive-keyring.gpg'

/** Throws ENVIRONMENT_NOT_ROOT or ENVIRONMENT_TOOLS_MISSING with the packages to install. */
export async function checkHost(): Promise<void> {
  if (process.getuid?.() !== 0) throw new EnvironmentError('ENVIRONMENT_NOT_ROOT', {})
  const missing: string[] = []
  const packages: string[] = []
  for (const [tool, debianPackage] of Object.entries(neededTools)) {
    if (await isInstalled(tool)) continue
    missing.push(tool)
    packages.push(debianPackage)
  }
  if (!(await exists(debianKeyring))) {
    missing.push(debianKeyring)
    packages.push('debian-archive-keyring')
  }
  if (missing.length === 0) return
  throw new EnvironmentError('ENVIRONMENT_TOOLS_MISSING', { tools: missing.join(', '), packages: packages.join(' ') })
}

async function isInstalled(tool: string): Promise<boolean> {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/sbin']
  for (const folder of folders) if (await exists(join(folder, tool), constants.X_OK)) return true
  return false
}

async function exists(path: string, mode = constants.R_OK): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  )
}

/** The Debian archives this host installs from. Throws ENVIRONMENT_MIRROR_UNKNOWN. */
export async function readHostMirror(): Promise<DebianMirror> {
  const folder = '/etc/apt/sources.list.d'
  const files = (await exists(folder)) ? (await readdir(folder)).sort().map((name) => join(folder, name)) : []
  const lists = ['/etc/apt/sources.list', ...files.filter((path) => path.endsWith('.list'))]
  const sources = []
  for (const path of lists) if (await exists(path)) sources.push(...parseSourcesList(await readFile(path, 'utf8')))
  for (const path of files.filter((name) => name.endsWith('.sources')))
    sources.push(...parseDeb822Sources(await readFile(path, 'utf8')))
  const codename = /^VERSION_CODENAME=(\w+)/m.exec(await readFile('/etc/os-release', 'utf8'))?.[1] ?? ''
  const mirror = chooseMirror(sources, codename)
  if (!mirror) throw new EnvironmentError('ENVIRONMENT_MIRROR_UNKNOWN', {})
  return mirror
}

/** Proxy and certificate settings of this host's apt. */
export async function readHostAptOptions(signal?: AbortSignal): Promise<string[]> {
  return inheritedAptOptions(await runCommand('apt-config', ['dump'], signal ? { signal } : {}))
}
