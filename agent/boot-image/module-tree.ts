import { copyFile, cp, mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { runBuildCommand } from './build-context.ts'
import type { BuildContext } from './build-context.ts'
import { selectModules } from './kernel-modules.ts'

export interface ModuleTree {
  /** Where the kernel and firmware packages were unpacked, with depmod's files. */
  readonly unpacked: string
  readonly kernelRelease: string
  /** The root of the system that gets the modules. */
  readonly destination: string
  readonly patterns: readonly RegExp[]
}

/**
 * Copies the chosen kernel modules, decompressed (the image around them is compressed, and xz is slow on the machine; the signature is
 * inside), with their index and the firmware of Realtek cards.
 */
export async function installModules(context: BuildContext, tree: ModuleTree): Promise<void> {
  const from = join(tree.unpacked, 'usr/lib/modules', tree.kernelRelease)
  const to = join(tree.destination, 'usr/lib/modules', tree.kernelRelease)
  const selected = selectModules(
    await readFile(join(from, 'modules.dep'), 'utf8'),
    await readFile(join(from, 'modules.softdep'), 'utf8'),
    tree.patterns,
  )
  for (const path of selected) {
    await mkdir(dirname(join(to, path)), { recursive: true })
    await copyFile(join(from, path), join(to, path))
  }
  const compressed = selected.filter((path) => path.endsWith('.xz')).map((path) => join(to, path))
  await runBuildCommand(context, 'xz', ['-d', ...compressed])
  for (const name of ['modules.order', 'modules.builtin', 'modules.builtin.modinfo'])
    await copyFile(join(from, name), join(to, name))
  await runBuildCommand(context, 'depmod', ['-b', join(tree.destination, 'usr'), tree.kernelRelease])
  const firmware = 'usr/lib/firmware/rtl_nic'
  await cp(join(tree.unpacked, firmware), join(tree.destination, firmware), { recursive: true })
}
