import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cachedFolder, packSquashfs, runBuildCommand } from './build-context.ts'
import type { BuildContext } from './build-context.ts'
import { installFonts } from './fonts.ts'
import { bootstrapDebian } from './bootstrap.ts'
import { installModules } from './module-tree.ts'
import { hashInputs, readInputs } from './inputs.ts'
import { initrdModules, rootModules } from './kernel-modules.ts'
import { bootFiles } from './manifest.ts'
import type { DebianPackage } from './manifest.ts'
import type { DebianMirror } from './mirror.ts'
import { keptIconvTables, strippedPaths } from './packages.ts'

/** Everything that comes from Debian: `boot/` holds the files as they are served, `initrd/` the tree the initrd is packed from. */
export interface DebianLayer {
  readonly folder: string
  readonly inputs: string
  readonly kernelRelease: string
  readonly packages: readonly DebianPackage[]
}

/** The sources whose change makes the packages be fetched again. */
export const debianSources = [
  'packages.ts',
  'kernel-modules.ts',
  'debian-layer.ts',
  'bootstrap.ts',
  'module-tree.ts',
  'fonts.ts',
  'console-font.ts',
  'screen-glyphs.ts',
]

/** Builds the Debian part or takes it from the cache. `mirror` and apt's options say where from; they are no input of the hash. */
export async function ensureDebianLayer(
  context: BuildContext,
  mirror: () => Promise<DebianMirror>,
): Promise<DebianLayer> {
  const inputs = hashInputs(await readInputs(import.meta.dirname, debianSources))
  const folder = await cachedFolder(context, 'debian', inputs, async (unfinished) => {
    await buildDebianLayer(context, unfinished, await mirror())
  })
  const description: unknown = JSON.parse(await readFile(join(folder, 'debian.json'), 'utf8'))
  return { folder, inputs, ...parseDescription(description) }
}

async function buildDebianLayer(context: BuildContext, folder: string, mirror: DebianMirror): Promise<void> {
  const [root, unpacked, boot, initrd] = ['root', 'unpacked', 'boot', 'initrd'].map((name) => join(folder, name))
  if (!root || !unpacked || !boot || !initrd) throw new RangeError('unreachable')
  await Promise.all([unpacked, boot, initrd].map((path) => mkdir(path)))
  const packages = await bootstrapDebian(context, mirror, folder, root, unpacked)

  context.progress({ step: 'kernel' })
  const modulesFolder = join(unpacked, 'usr/lib/modules')
  const [kernelRelease] = await readdir(modulesFolder)
  if (kernelRelease === undefined) throw new RangeError('The kernel package holds no modules')
  await copyFile(join(unpacked, 'boot', `vmlinuz-${kernelRelease}`), join(boot, bootFiles.kernel))
  await copyFile(join(unpacked, 'usr/lib/shim/shimx64.efi.signed'), join(boot, bootFiles.shim))
  await copyFile(join(unpacked, 'usr/lib/grub/x86_64-efi-signed/grubnetx64.efi.signed'), join(boot, bootFiles.grub))
  await stripRoot(context, root)
  await runBuildCommand(context, 'depmod', ['-b', join(unpacked, 'usr'), kernelRelease])
  await installModules(context, { unpacked, kernelRelease, destination: root, patterns: rootModules })
  await installModules(context, { unpacked, kernelRelease, destination: initrd, patterns: initrdModules })
  await mkdir(join(initrd, 'bin'))
  await copyFile(join(root, 'usr/bin/busybox'), join(initrd, 'bin/busybox'))
  await installFonts(unpacked, [join(root, 'opt/etabli/fonts'), join(initrd, 'fonts')])

  context.progress({ step: 'root-layer' })
  await packSquashfs(context, root, join(boot, bootFiles.rootLayer), 19)
  await writeFile(join(folder, 'debian.json'), JSON.stringify({ kernelRelease, packages }, null, 1))
  await Promise.all([root, unpacked].map((path) => rm(path, { recursive: true })))
}

/** Takes out what the environment never opens. The patterns are ours and hold braces, hence a shell. */
async function stripRoot(context: BuildContext, root: string): Promise<void> {
  const iconv = join(root, 'usr/lib/x86_64-linux-gnu/gconv')
  for (const name of await readdir(iconv)) {
    const kept: readonly string[] = keptIconvTables
    if (name.endsWith('.so') && !kept.includes(name)) await rm(join(iconv, name))
  }
  await runBuildCommand(context, 'bash', ['-c', `rm -rf -- ${strippedPaths.join(' ')}`], { cwd: root })
  // The links of awk go through /etc/alternatives, which goes.
  await runBuildCommand(
    context,
    'bash',
    ['-c', 'rm -f usr/bin/awk && ln -s mawk usr/bin/awk && mkdir -p mnt opt etc/alternatives'],
    { cwd: root },
  )
}

function parseDescription(value: unknown): Pick<DebianLayer, 'kernelRelease' | 'packages'> {
  if (typeof value !== 'object' || value === null || !('kernelRelease' in value) || !('packages' in value)) {
    throw new TypeError('debian.json in the cache is damaged; remove the cache folder')
  }
  const { kernelRelease, packages } = value
  if (typeof kernelRelease !== 'string' || !Array.isArray(packages))
    throw new TypeError('debian.json in the cache is damaged')
  return { kernelRelease, packages: packages.filter(isDebianPackage) }
}

function isDebianPackage(value: unknown): value is DebianPackage {
  return typeof value === 'object' && value !== null && 'name' in value && 'version' in value
}
