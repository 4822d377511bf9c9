import { chmod, copyFile, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { packSquashfs } from './build-context.ts'
import type { BuildContext } from './build-context.ts'
import { EnvironmentError } from './errors.ts'
import { bootFiles } from './manifest.ts'

/** Our own files in the running system, by where they go. */
const places = {
  inittab: 'etc/inittab',
  'mdev.conf': 'etc/mdev.conf',
  start: 'opt/etabli/start',
  stop: 'opt/etabli/stop',
  'run-agent': 'opt/etabli/run-agent',
  'await-devices.mjs': 'opt/etabli/await-devices.mjs',
  'renew-lease': 'opt/etabli/renew-lease',
  'dhcp-lease': 'opt/etabli/dhcp-lease',
  'debug-shell': 'opt/etabli/debug-shell',
} as const

/** busybox programs that are not Debian's own; init must be /sbin/init, and poweroff and reboot must speak to it. */
const busyboxLinks = [
  ...['init', 'reboot', 'poweroff', 'halt', 'udhcpc', 'mdev', 'usleep', 'cttyhack', 'partprobe', 'wget', 'ping'],
  ...['ps', 'free', 'top', 'killall', 'pidof', 'less', 'vi'],
]

/** The agent as one ES module, all it imports included. Throws ENVIRONMENT_AGENT_BUNDLE_FAILED. */
export async function bundleAgent(entry: string): Promise<string> {
  try {
    const bundle = await rolldown({ input: entry, platform: 'node', logLevel: 'silent' })
    const { output } = await bundle.generate({ format: 'esm', codeSplitting: false })
    await bundle.close()
    return output[0].code
  } catch (error) {
    const detail = error instanceof Error ? error.message.split('\n').slice(0, 4).join(' / ') : String(error)
    throw new EnvironmentError('ENVIRONMENT_AGENT_BUNDLE_FAILED', { detail, entry }, { cause: error })
  }
}

/** Packs the agent and our scripts as the highest layer into `folder`. */
export async function packAgentLayer(context: BuildContext, code: string, folder: string): Promise<void> {
  context.progress({ step: 'agent-layer' })
  const tree = join(context.cacheDir, `agent-tree.${process.pid}`)
  await rm(tree, { recursive: true, force: true })
  for (const directory of ['etc', 'opt/etabli', 'usr/sbin']) await mkdir(join(tree, directory), { recursive: true })
  for (const [name, place] of Object.entries(places)) {
    await copyFile(join(import.meta.dirname, 'root', name), join(tree, place))
    await chmod(join(tree, place), place.startsWith('opt/') ? 0o755 : 0o644)
  }
  for (const name of busyboxLinks) await symlink('../bin/busybox', join(tree, 'usr/sbin', name))
  await writeFile(join(tree, 'opt/etabli/agent.mjs'), code)
  await packSquashfs(context, tree, join(folder, bootFiles.agentLayer), 15)
  await rm(tree, { recursive: true })
}
