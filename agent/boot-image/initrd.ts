import { chmod, copyFile, cp, mkdir, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { runBuildCommand } from './build-context.ts'
import type { BuildContext } from './build-context.ts'
import { bootFiles } from './manifest.ts'

/** The busybox programs that `initrd/init` and `root/dhcp-lease` call. */
const applets = [
  ...[
    'sh',
    'cat',
    'cp',
    'chvt',
    'cttyhack',
    'cut',
    'echo',
    'find',
    'grep',
    'head',
    'ip',
    'loadfont',
    'mkdir',
    'modprobe',
    'mount',
    'printf',
  ],
  ...[
    'reboot',
    'rm',
    'setsid',
    'sha256sum',
    'sleep',
    'sort',
    'switch_root',
    'sync',
    'tee',
    'tr',
    'udhcpc',
    'umount',
    'wget',
    'xargs',
  ],
  ...['dmesg', 'ls', 'ps', 'uname', 'stat'],
]

/** Packs busybox, the network drivers and `init` as a compressed cpio (kernel, Documentation/driver-api/early-userspace). */
export async function packInitrd(context: BuildContext, debianTree: string, folder: string): Promise<void> {
  context.progress({ step: 'initrd' })
  const tree = join(context.cacheDir, `initrd-tree.${process.pid}`)
  await rm(tree, { recursive: true, force: true })
  await cp(debianTree, tree, { recursive: true })
  for (const directory of ['proc', 'sys', 'dev', 'run', 'etc', 'system'])
    await mkdir(join(tree, directory), { recursive: true })
  await symlink('usr/lib', join(tree, 'lib'))
  for (const applet of applets) await symlink('busybox', join(tree, 'bin', applet))
  await copyFile(join(import.meta.dirname, 'initrd/init'), join(tree, 'init'))
  await copyFile(join(import.meta.dirname, 'root/dhcp-lease'), join(tree, 'etabli-dhcp-lease'))
  await chmod(join(tree, 'init'), 0o755)
  await chmod(join(tree, 'etabli-dhcp-lease'), 0o755)
  const target = join(folder, bootFiles.initrd)
  const script = `find . -mindepth 1 | LC_ALL=C sort | cpio --quiet -o -H newc -R 0:0 --reproducible | zstd -q -f -12 -o "$1"`
  await runBuildCommand(context, 'bash', ['-o', 'pipefail', '-c', script, 'bash', target], { cwd: tree })
  await rm(tree, { recursive: true })
}
